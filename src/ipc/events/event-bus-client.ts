/**
 * Event bus: events between processes, with the interface of Node's `EventEmitter`.
 *
 * Events of other processes do not go through `emit`: an event may have a name that Node gives a meaning, such as
 * `error` or `newListener`, and a listener that throws must not keep the next one from being called.
 */
import { EventEmitter } from 'node:events';
import { DEFAULT_ACK_TIMEOUT_MS } from './event-channel.js';
import type { ContractEvents, KnownEvent, ListenerNamed, UnknownEvent, WithData } from '../known-names.js';
import { describeThrown } from '../values/serialized-error.js';
import { isThenable } from '../../async/is-thenable.js';
import type { AckReport } from './ack-report.js';
import type { EventChannel } from './event-channel.js';

/** A listener of one event. Called with the data and the id of the process that sent it; -1 is the manager. */
export type ClusterEventListener = (data: unknown, sourceCluster: number) => unknown;

type Listener = (...args: any[]) => unknown; // oxlint-disable-line typescript/no-explicit-any -- EventEmitter's own type

/**
 * Sends events to other processes and listens to theirs: `cluster.events` and `manager.events`.
 *
 * A listener that throws or rejects causes the local event `'listenerError'` (error, event name, source id), or a
 * process warning where that event has no listener. Other listeners and the acknowledgement are not affected.
 */
export class EventBusClient extends EventEmitter {
  readonly #channel: EventChannel;
  readonly #onFirstListener: (event: string) => void;

  /** Private: use the `events` of a `ClusterClient` or a `ClusterManager`. */
  private constructor(channel: EventChannel, onFirstListener: (event: string) => void) {
    super();
    this.#channel = channel;
    this.#onFirstListener = onFirstListener;
    channel.setReceiver({
      hasListeners: (event) => this.listenerCount(event) > 0,
      deliver: (event, data, sourceCluster) => this.#deliver(event, data, sourceCluster),
      onError: (error, event, sourceCluster) => this.#report(error, event, sourceCluster),
    });
  }

  /** @internal */
  static create(channel: EventChannel, onFirstListener: (event: string) => void): EventBusClient {
    return new EventBusClient(channel, onFirstListener);
  }

  /**
   * Sends an event to all other clusters, never to this one.
   *
   * Resolves when the bytes have been handed to the operating system, so `process.exit()` may follow. It does not wait
   * for delivery.
   *
   * @throws IPCError `UNSERIALIZABLE`, `PAYLOAD_TOO_LARGE`, `OVERLOADED` (too many bytes of this process are waiting
   * to be sent) or `SHUTTING_DOWN`.
   */
  broadcast<N extends KnownEvent>(event: N, ...args: WithData<ContractEvents[N], []>): Promise<void>;
  broadcast<N extends string>(event: UnknownEvent<N>, data?: unknown): Promise<void>;
  broadcast(event: string, data?: unknown): Promise<void> {
    return this.#channel.broadcast(event, data);
  }

  /**
   * Sends an event to one process, which may be this one; -1 is the manager. Resolves as `broadcast` does.
   *
   * @throws IPCError as `broadcast`, and `CLUSTER_UNAVAILABLE` or `CLUSTER_NOT_FOUND`.
   */
  emitTo<N extends KnownEvent>(
    clusterId: number,
    event: N,
    ...args: WithData<ContractEvents[N], []>
  ): Promise<void>;
  emitTo<N extends string>(clusterId: number, event: UnknownEvent<N>, data?: unknown): Promise<void>;
  emitTo(clusterId: number, event: string, data?: unknown): Promise<void> {
    return this.#channel.emitTo(clusterId, event, data);
  }

  /**
   * Sends an event to all other clusters and counts those that acknowledge it.
   *
   * Acknowledgements are automatic: a cluster sends one after its listeners were called, and also when it has
   * none. With 0 expected clusters, the event is sent and the result is 0 at once.
   *
   * @param timeout - How long to wait, in milliseconds. Defaults to 10 000.
   * @param expectedClusters - How many acknowledgements to wait for. Defaults to 0.
   * @returns How many clusters acknowledged in time.
   * @throws IPCError as `broadcast`; RangeError for an invalid number.
   */
  broadcastAndWait<N extends KnownEvent>(
    event: N,
    ...args: WithData<ContractEvents[N], [timeout?: number, expectedClusters?: number]>
  ): Promise<number>;
  broadcastAndWait<N extends string>(
    event: UnknownEvent<N>,
    data?: unknown,
    timeout?: number,
    expectedClusters?: number,
  ): Promise<number>;
  async broadcastAndWait(
    event: string,
    data?: unknown,
    timeout: number = DEFAULT_ACK_TIMEOUT_MS,
    expectedClusters: number = 0,
  ): Promise<number> {
    const acked = await this.#channel.broadcastAndWait(event, data, {
      timeoutMs: timeout,
      expected: expectedClusters,
    });
    return acked.size;
  }

  /**
   * Sends an event to all other clusters and waits until each has acknowledged it, or the timeout ends.
   *
   * @param timeout - How long to wait, in milliseconds. Defaults to 10 000.
   * @returns The ids of the clusters that acknowledged in time, and of those that did not.
   * @throws IPCError as `broadcast`; RangeError for an invalid number.
   */
  broadcastAndCollect<N extends KnownEvent>(
    event: N,
    ...args: WithData<ContractEvents[N], [timeout?: number]>
  ): Promise<AckReport>;
  broadcastAndCollect<N extends string>(
    event: UnknownEvent<N>,
    data?: unknown,
    timeout?: number,
  ): Promise<AckReport>;
  async broadcastAndCollect(
    event: string,
    data?: unknown,
    timeout: number = DEFAULT_ACK_TIMEOUT_MS,
  ): Promise<AckReport> {
    return this.#channel.broadcastAndCollect(event, data, { timeoutMs: timeout });
  }

  /** Listens to an event of other processes. A name that a contract declares has the contract's types. */
  override on<N extends string | symbol>(event: N, listener: ListenerNamed<N>): this {
    this.#announceFirstListener(event);
    return super.on(event, listener as Listener);
  }

  /** Listens to an event; the same as `on`. */
  override addListener<N extends string | symbol>(event: N, listener: ListenerNamed<N>): this {
    return this.on(event, listener);
  }

  /** Listens to the next event of that name only. */
  override once<N extends string | symbol>(event: N, listener: ListenerNamed<N>): this {
    return super.once(event, listener as Listener);
  }

  /** Listens to an event, before the listeners added so far. */
  override prependListener<N extends string | symbol>(event: N, listener: ListenerNamed<N>): this {
    this.#announceFirstListener(event);
    return super.prependListener(event, listener as Listener);
  }

  /** Listens to the next event of that name only, before the listeners added so far. */
  override prependOnceListener<N extends string | symbol>(event: N, listener: ListenerNamed<N>): this {
    return super.prependOnceListener(event, listener as Listener);
  }

  /** Removes a listener. */
  override off<N extends string | symbol>(event: N, listener: ListenerNamed<N>): this {
    return super.off(event, listener as Listener);
  }

  /**
   * Announces an event when it gets its first listener: the manager assigns an id to its name, so that the name need
   * not be sent with every event. Node's `once` and `prependOnceListener` get here, too: they call `on` and `prependListener`.
   */
  #announceFirstListener(event: string | symbol): void {
    if (typeof event === 'string' && this.listenerCount(event) === 0) this.#onFirstListener(event);
  }

  #deliver(event: string, data: unknown, sourceCluster: number): readonly Promise<unknown>[] {
    const pending: Promise<unknown>[] = [];
    // Raw listeners: those added with `once` remove themselves when they are called.
    for (const listener of this.rawListeners(event)) {
      try {
        const result = Reflect.apply(listener, this, [data, sourceCluster]) as unknown;
        if (isThenable(result))
          pending.push(Promise.resolve(result).catch((error) => this.#report(error, event, sourceCluster)));
      } catch (error) {
        this.#report(error, event, sourceCluster);
      }
    }
    return pending;
  }

  // eslint-disable-next-line typescript/no-unsafe-function-type -- what `rawListeners` returns
  #callReporter(reporter: Function, args: readonly unknown[]): void {
    // A reporter that fails itself ends in a warning: it does not get its own failure.
    const failed = (failure: unknown): void => warnOf(failure, 'listenerError');
    try {
      const result = Reflect.apply(reporter, this, args) as unknown;
      if (isThenable(result)) void Promise.resolve(result).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  #report(error: unknown, event: string, sourceCluster: number): void {
    const listeners = event === 'listenerError' ? [] : this.rawListeners('listenerError');
    if (listeners.length === 0) warnOf(error, event);
    for (const listener of listeners) this.#callReporter(listener, [error, event, sourceCluster]);
  }
}

function warnOf(error: unknown, event: string): void {
  process.emitWarning(`A listener of '${event}' failed: ${describeThrown(error)}`, {
    type: 'ShardwireWarning',
    code: 'listenerError',
  });
}
