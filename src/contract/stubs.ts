/**
 * Stub types: what a contract looks like once it is bound to a process.
 *
 * They are mapped over the author's own interfaces, member by member, so that "go to definition" and the
 * doc comments of a stub lead to the contract file. Nothing here exists at run time.
 */
import type { CallOptions } from '../ipc/client/call-options.js';
import type { AckReport } from '../ipc/events/ack-report.js';
import type { HandlerFunction, InputOf, OutputOf, WithData } from '../ipc/known-names.js';
import type { ResultCollection } from '../ipc/client/result-collection.js';

export type { HandlerFunction, InputOf, OutputOf } from '../ipc/known-names.js';

type AnyHandler = (...args: never[]) => unknown;

/** One handler of a contract, bound to a process. Its methods are those of `cluster.ipc`, with the name filled in. */
export interface HandlerStub<F> {
  /**
   * Answers calls of this handler in this process.
   *
   * @throws IPCError `HANDLER_EXISTS` when the process answers them already; TypeError when `handler` is no function.
   */
  handle(handler: HandlerFunction<F>): void;
  /** Stops answering calls of this handler. Returns whether the process answered them. */
  removeHandler(): boolean;
  /**
   * Calls one process: the contract's `target`, or, without one, any cluster that is available.
   *
   * The last parameter is the timeout in milliseconds or options; it defaults to the contract's `timeout` (30 000).
   *
   * @throws An error class of the contract, or RemoteError, with what the handler threw; IPCError for every other
   * failure (see its `code`); RangeError for an invalid timeout, guild id or shard id.
   */
  request(...args: WithData<InputOf<F>, [options?: number | CallOptions]>): Promise<OutputOf<F>>;
  /** Calls one cluster by its id; -1 is the manager. Parameters, result and errors are those of `request`. */
  requestTo(
    clusterId: number,
    ...args: WithData<InputOf<F>, [options?: number | CallOptions]>
  ): Promise<OutputOf<F>>;
  /**
   * Calls every cluster, this one included, and waits for all of them. A cluster that fails is an entry with its error;
   * the promise itself rejects only when the arguments are invalid or the data cannot be sent.
   */
  requestAll(
    ...args: WithData<InputOf<F>, [options?: number | CallOptions]>
  ): Promise<ResultCollection<OutputOf<F>>>;
}

/** A handler whose contract declares `reduce`: how the results of all clusters become one value. */
export interface ReducedStub<F, R> extends HandlerStub<F> {
  /**
   * Calls every cluster and combines the results.
   *
   * @throws AggregateError with the error of every failed cluster. With `partial` in the contract only when all failed.
   */
  reduce(...args: WithData<InputOf<F>, [options?: number | CallOptions]>): Promise<R>;
}

/** A listener of one event. Called with the data and the id of the process that sent it; -1 is the manager. */
export type EventListener<D> = (data: D, sourceCluster: number) => unknown;

/** One event of a contract, bound to a process. Its methods are those of `cluster.events`, with the name filled in. */
export interface EventStub<D> {
  /** Listens to the event. */
  on(listener: EventListener<D>): void;
  /** Listens to the next event only. */
  once(listener: EventListener<D>): void;
  /** Removes a listener. */
  off(listener: EventListener<D>): void;
  /**
   * Sends the event to all other clusters. Resolves when the bytes have been handed to the operating system.
   *
   * @throws IPCError, also `INVALID_PAYLOAD` for data that does not fit the contract.
   */
  broadcast(...args: WithData<D, []>): Promise<void>;
  /** Sends the event to one cluster; -1 is the manager. Resolves as `broadcast` does. */
  emitTo(clusterId: number, ...args: WithData<D, []>): Promise<void>;
  /**
   * Sends the event to all other clusters and waits for acknowledgements: of every other cluster, or of
   * `expectedClusters`. `timeout` is in milliseconds and defaults to the contract's (10 000).
   *
   * @returns How many clusters acknowledged in time.
   */
  broadcastAndWait(...args: WithData<D, [timeout?: number, expectedClusters?: number]>): Promise<number>;
  /** As `broadcastAndWait` for every other cluster, but resolves to the ids of those that acknowledged and those that did not. */
  broadcastAndCollect(...args: WithData<D, [timeout?: number]>): Promise<AckReport>;
}

/** The stubs of the handlers `H`. `R` has the results of `reduce()` for the handlers that declare it. */
export type HandlerStubs<H, R> = {
  readonly [K in keyof H]: K extends keyof R ? ReducedStub<H[K], R[K]> : HandlerStub<H[K]>;
};

/** The stubs of the events `E`. */
export type EventStubs<E> = { readonly [K in keyof E]: EventStub<E[K]> };

/** Functions for all handlers in `H`: one that is missing does not compile. */
export type HandlerTable<H> = {
  readonly [K in keyof H]: H[K] extends AnyHandler ? HandlerFunction<H[K]> : never;
};

/**
 * The functions that `handle` of a contract takes: on the manager those for handlers with `target: 'manager'` (`M`), on
 * a cluster those for all others.
 */
export type OwnHandlers<H, M extends keyof H> =
  HandlerTable<Omit<H, M>> | ([M] extends [never] ? never : HandlerTable<Pick<H, M>>);

/**
 * A contract bound to one process.
 *
 * `R` has the results of `reduce()` for the handlers that declare it, `M` the names of the manager's handlers.
 */
export type BoundContract<H, E, R = unknown, M extends keyof H = never> = HandlerStubs<H, R> &
  EventStubs<E> & {
    /**
     * Registers all handlers of the contract that this kind of process answers. On an error none is registered.
     *
     * @throws IPCError `HANDLER_EXISTS` when one is registered already; TypeError when one is missing or unknown.
     */
    handle(handlers: OwnHandlers<H, M>): void;
  };
