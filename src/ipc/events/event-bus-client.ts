/**
 * Event bus: cross-cluster events, with the face of Node's `EventEmitter`.
 *
 * What comes from other clusters does not go through `emit`: an event may be called `error` or `newListener`
 * without meaning to Node what those mean, and one listener that throws must not keep the next from being
 * called.
 */
import { EventEmitter } from 'node:events';
import { DEFAULT_ACK_TIMEOUT_MS } from './event-channel.js';
import type { ContractEvents, KnownEvent, ListenerNamed, UnknownEvent, WithData } from '../known-names.js';
import { describeThrown } from '../values/fault.js';
import { isThenable } from '../../async/is-thenable.js';
import type { AckReport, EventChannel } from './event-channel.js';

/** Called with the data, and the id of the process that sent it (-1 is the manager). */
export type ClusterEventListener = (data: unknown, sourceCluster: number) => unknown;

type Listener = (...args: any[]) => unknown; // oxlint-disable-line typescript/no-explicit-any -- EventEmitter's own type

/**
 * Sends events to other clusters and listens to theirs.
 *
 * A listener that throws or rejects is reported as `'listenerError'` (error, event name, source id), or as a
 * process warning where nobody listens for that; other listeners and the acknowledgement are not affected.
 */
export class EventBusClient extends EventEmitter {
  readonly #channel: EventChannel;
  readonly #onFirstListener: (event: string) => void;

  /** @internal Made by `ClusterClient` and `ClusterManager`. */
  constructor(channel: EventChannel, onFirstListener: (event: string) => void) {
    super();
    this.#channel = channel;
    this.#onFirstListener = onFirstListener;
    channel.receiveWith({
      listensTo: (event) => this.listenerCount(event) > 0,
      deliver: (event, data, sourceCluster) => this.#deliver(event, data, sourceCluster),
      trouble: (error, event, sourceCluster) => this.#report(error, event, sourceCluster),
    });
  }

  /**
   * Tells all other clusters; never this one.
   *
   * Resolves when the bytes were handed to the operating system, so `process.exit()` may follow; it does not
   * wait for delivery.
   *
   * @throws IPCError `UNSERIALIZABLE`, `PAYLOAD_TOO_LARGE`, `OVERLOADED` (this process' link is full) or
   * `SHUTTING_DOWN`.
   */
  broadcast<N extends KnownEvent>(event: N, ...args: WithData<ContractEvents[N], []>): Promise<void>;
  broadcast<N extends string>(event: UnknownEvent<N>, data?: unknown): Promise<void>;
  broadcast(event: string, data?: unknown): Promise<void> {
    return this.#channel.broadcast(event, data);
  }

  /**
   * Tells one cluster; -1 is the manager. Resolves as `broadcast` does.
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
   * Tells all other clusters and counts those that acknowledge.
   *
   * Acknowledgements are automatic: a cluster sends one after its listeners were called, and also when it has
   * none. With 0 expected the event is sent and the answer is 0 at once.
   *
   * @param timeout - How long to wait, in milliseconds. Defaults to 10 000.
   * @param expectedClusters - How many to wait for. Defaults to 0.
   * @returns How many clusters acknowledged in time.
   * @throws IPCError as `broadcast`; RangeError for a bad number.
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
   * Tells all other clusters and waits for each that is there: who acknowledged, and who did not in time.
   *
   * @param timeout - How long to wait, in milliseconds. Defaults to 10 000.
   * @throws IPCError as `broadcast`; RangeError for a bad number.
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

  override on<N extends string | symbol>(event: N, listener: ListenerNamed<N>): this {
    this.#noteListener(event);
    return super.on(event, listener as Listener);
  }

  override addListener<N extends string | symbol>(event: N, listener: ListenerNamed<N>): this {
    return this.on(event, listener);
  }

  override once<N extends string | symbol>(event: N, listener: ListenerNamed<N>): this {
    return super.once(event, listener as Listener);
  }

  override prependListener<N extends string | symbol>(event: N, listener: ListenerNamed<N>): this {
    this.#noteListener(event);
    return super.prependListener(event, listener as Listener);
  }

  override prependOnceListener<N extends string | symbol>(event: N, listener: ListenerNamed<N>): this {
    return super.prependOnceListener(event, listener as Listener);
  }

  override off<N extends string | symbol>(event: N, listener: ListenerNamed<N>): this {
    return super.off(event, listener as Listener);
  }

  /**
   * The manager gives listened-to names a number, so that they need not be spelt out each time. Node's `once` and
   * `prependOnceListener` come by here, too: they call the two above.
   */
  #noteListener(event: string | symbol): void {
    if (typeof event === 'string' && this.listenerCount(event) === 0) this.#onFirstListener(event);
  }

  #deliver(event: string, data: unknown, sourceCluster: number): readonly Promise<unknown>[] {
    const pending: Promise<unknown>[] = [];
    // Raw listeners: those added with `once` take themselves off when they are called.
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
    // One that fails itself ends in a warning: it is not told of its own failure.
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
