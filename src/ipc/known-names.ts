/**
 * Known names: the types of handlers and events that are called by name.
 *
 * Generated pages add members to the two interfaces (`declare module 'shardwire'`), from which the API for calls by
 * name takes its types. Nothing here exists at run time.
 */
import type { CallOptions } from './client/call-options.js';
import type { HandlerContext } from './server/handler-context.js';

/**
 * The handlers of all contracts, by name. Generated pages add the members, such as
 * `'guilds.getUserCount': Guilds['getUserCount']`.
 */
export interface ContractHandlers {}

/** The data types of the events of all contracts, by name. Generated pages add the members. */
export interface ContractEvents {}

/** The names of the handlers of all contracts. */
export type KnownHandler = Extract<keyof ContractHandlers, string>;
/** The names of the events of all contracts. */
export type KnownEvent = Extract<keyof ContractEvents, string>;

/** A name that no contract declares. A declared one must be used with its own types. */
export type UnknownHandler<N extends string> = N extends KnownHandler ? never : N;
/** As `UnknownHandler`, for events. */
export type UnknownEvent<N> = N extends KnownEvent ? never : N;

/** The result for a known name that is called with a type argument: the contract has its type already. */
export interface LeaveTheTypeArgumentOut {
  readonly theContractHasTheTypes: never;
}

/** The known names if a type argument `T` was given; without one `T` is `unknown`, and no name matches. */
export type KnownIfGiven<T> = unknown extends T ? never : KnownHandler;

/** The type of a handler's `data`; `void` when it takes none. */
export type InputOf<F> = F extends (...args: infer A) => unknown
  ? A extends readonly []
    ? void
    : A[0]
  : never;

/** The type of a handler's result, awaited. */
export type OutputOf<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never;

/** Parameters that begin with `data`, which is optional exactly where it may be `undefined`. */
export type WithData<D, Rest extends readonly unknown[]> = [D] extends [void]
  ? [data?: undefined, ...rest: Rest]
  : undefined extends D
    ? [data?: D, ...rest: Rest]
    : [data: D, ...rest: Rest];

/** A function that answers the calls of one handler. It may be async. */
export type HandlerFunction<F> = (
  data: InputOf<F>,
  context: HandlerContext,
) => OutputOf<F> | PromiseLike<OutputOf<F>>;

/** Untyped by design: a handler without a contract declares the type of its data itself. */
// oxlint-disable-next-line typescript/no-explicit-any
type UntypedHandler = (data: any, context: HandlerContext) => unknown;

/** The type of the handler of a name: that of its contract, if it has one. */
export type HandlerNamed<N extends string> = N extends KnownHandler
  ? HandlerFunction<ContractHandlers[N]>
  : UntypedHandler;

// oxlint-disable-next-line typescript/no-explicit-any -- EventEmitter's own type
type UntypedListener = (...args: any[]) => unknown;

/** The type of a listener of an event: that of its contract, if it has one. */
export type ListenerNamed<N extends string | symbol> = N extends KnownEvent
  ? (data: ContractEvents[N], sourceCluster: number) => unknown
  : UntypedListener;

/** The parameters that follow the name of a known handler. */
export type CallArguments<N extends KnownHandler> = WithData<
  InputOf<ContractHandlers[N]>,
  [timeout?: number | CallOptions]
>;

/** The result of a known handler. */
export type ResultOf<N extends KnownHandler> = OutputOf<ContractHandlers[N]>;
