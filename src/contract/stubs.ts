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

/** One handler of a contract. The verbs are those of `cluster.ipc`, with the name filled in. */
export interface HandlerStub<F> {
  /** Answers this handler's calls in this process. Throws `HANDLER_EXISTS` if it has one already. */
  handle(handler: HandlerFunction<F>): void;
  /** Stops answering; `true` if there was something to stop. */
  removeHandler(): boolean;
  /** Asks one cluster: the one the contract's `target` names, otherwise any that is available. */
  request(...args: WithData<InputOf<F>, [options?: number | CallOptions]>): Promise<OutputOf<F>>;
  /** Asks one cluster by its id. */
  requestTo(
    clusterId: number,
    ...args: WithData<InputOf<F>, [options?: number | CallOptions]>
  ): Promise<OutputOf<F>>;
  /** Asks every cluster, this one included. */
  requestAll(
    ...args: WithData<InputOf<F>, [options?: number | CallOptions]>
  ): Promise<ResultCollection<OutputOf<F>>>;
}

/** A handler whose contract says how the results of all clusters become one. */
export interface ReducedStub<F, R> extends HandlerStub<F> {
  /** Asks every cluster and reduces the results. Rejects with an `AggregateError` if any cluster failed. */
  reduce(...args: WithData<InputOf<F>, [options?: number | CallOptions]>): Promise<R>;
}

/** What an event's listeners are called with: the data, and the id of the process that sent it. */
export type EventListener<D> = (data: D, sourceCluster: number) => unknown;

/** One event of a contract. The verbs are those of `cluster.events`, with the name filled in. */
export interface EventStub<D> {
  on(listener: EventListener<D>): void;
  once(listener: EventListener<D>): void;
  off(listener: EventListener<D>): void;
  /** Tells all other clusters. Resolves when the bytes were handed to the operating system. */
  broadcast(...args: WithData<D, []>): Promise<void>;
  /** Tells one cluster. */
  emitTo(clusterId: number, ...args: WithData<D, []>): Promise<void>;
  /**
   * Tells all other clusters and waits until they have it.
   *
   * @returns How many acknowledged in time. By default every other cluster is expected.
   */
  broadcastAndWait(...args: WithData<D, [timeout?: number, expectedClusters?: number]>): Promise<number>;
  /** The same, and says who has it and who does not. */
  broadcastAndCollect(...args: WithData<D, [timeout?: number]>): Promise<AckReport>;
}

/** The handlers `H` as stubs; `R` gives the result of `reduce()` for those that declare it. */
export type HandlerStubs<H, R> = {
  readonly [K in keyof H]: K extends keyof R ? ReducedStub<H[K], R[K]> : HandlerStub<H[K]>;
};

export type EventStubs<E> = { readonly [K in keyof E]: EventStub<E[K]> };

/** Some handlers of a contract at once: all of them are there, or it does not compile. */
export type HandlerTable<H> = {
  readonly [K in keyof H]: H[K] extends AnyHandler ? HandlerFunction<H[K]> : never;
};

/**
 * The handlers that one process answers: those with `target: 'manager'` (`M`) on the manager, all others on a
 * cluster.
 */
export type OwnHandlers<H, M extends keyof H> =
  HandlerTable<Omit<H, M>> | ([M] extends [never] ? never : HandlerTable<Pick<H, M>>);

/**
 * A contract bound to one process.
 *
 * `R` gives the results of `reduce()` for the handlers that have it, `M` names the handlers of the manager.
 */
export type BoundContract<H, E, R = unknown, M extends keyof H = never> = HandlerStubs<H, R> &
  EventStubs<E> & {
    /**
     * Answers all handlers of the contract that belong here: all of them are registered, or, on an error, none.
     *
     * @throws IPCError `HANDLER_EXISTS`; TypeError where one is missing or not of this contract.
     */
    handle(handlers: OwnHandlers<H, M>): void;
  };
