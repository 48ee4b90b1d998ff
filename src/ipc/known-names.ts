/**
 * Known names: what the compiler knows of handlers and events that are called by name.
 *
 * Generated pages add their members to the two interfaces (`declare module 'shardwire'`), and the string API gets
 * its types from them. Nothing here exists at run time.
 */
import type { CallOptions } from './client/call-options.js';
import type { HandlerContext } from './server/handler-context.js';

/** Every handler of every contract, by its wire name: `'guilds.getUserCount': Guilds['getUserCount']`. */
export interface ContractHandlers {}

/** The data of every event of every contract, by its wire name. */
export interface ContractEvents {}

export type KnownHandler = Extract<keyof ContractHandlers, string>;
export type KnownEvent = Extract<keyof ContractEvents, string>;

/** A name that no contract has. A known one must be used with its own types. */
export type UnknownHandler<N extends string> = N extends KnownHandler ? never : N;
export type UnknownEvent<N> = N extends KnownEvent ? never : N;

/** What a known name gives where a type argument was written: it has a type already. */
export interface LeaveTheTypeArgumentOut {
  readonly theContractHasTheTypes: never;
}

/** Known names, where a type argument `T` was written; without one `T` is `unknown`. */
export type KnownIfGiven<T> = unknown extends T ? never : KnownHandler;

/** What a handler takes: the type of its `data`, `void` when it takes none. */
export type InputOf<F> = F extends (...args: infer A) => unknown
  ? A extends readonly []
    ? void
    : A[0]
  : never;

/** What a caller gets: the handler's result, awaited. */
export type OutputOf<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never;

/** `data` may be left out exactly where it may be `undefined`. */
export type WithData<D, Rest extends readonly unknown[]> = [D] extends [void]
  ? [data?: undefined, ...rest: Rest]
  : undefined extends D
    ? [data?: D, ...rest: Rest]
    : [data: D, ...rest: Rest];

/** One function that answers calls; `context` says who asks, until when, and whether still. */
export type HandlerFunction<F> = (
  data: InputOf<F>,
  context: HandlerContext,
) => OutputOf<F> | PromiseLike<OutputOf<F>>;

/** Untyped by design: a handler of no contract says itself what it takes. */
// oxlint-disable-next-line typescript/no-explicit-any
type UntypedHandler = (data: any, context: HandlerContext) => unknown;

/** What answers calls of a name: by its contract's types, if it has one. */
export type HandlerNamed<N extends string> = N extends KnownHandler
  ? HandlerFunction<ContractHandlers[N]>
  : UntypedHandler;

// oxlint-disable-next-line typescript/no-explicit-any -- EventEmitter's own type
type UntypedListener = (...args: any[]) => unknown;

/** What listens to an event: by its contract's types, if it has one. */
export type ListenerNamed<N extends string | symbol> = N extends KnownEvent
  ? (data: ContractEvents[N], sourceCluster: number) => unknown
  : UntypedListener;

/** The arguments behind the name of a known handler. */
export type CallArguments<N extends KnownHandler> = WithData<
  InputOf<ContractHandlers[N]>,
  [timeout?: number | CallOptions]
>;

export type ResultOf<N extends KnownHandler> = OutputOf<ContractHandlers[N]>;
