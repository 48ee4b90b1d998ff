/**
 * Event channel: the events this process sends, and what happens to those that come.
 *
 * The side of events that knows frames. Listeners are kept by the `EventBusClient`; this hands it decoded
 * data and, once the listeners were called, acknowledges.
 */
import type { IPCErrorCode } from '../../errors.js';
import { ALL_CLUSTERS, MANAGER_ID } from '../../wire/address.js';
import type { Body } from '../../wire/frame-writer.js';
import { ACK_WHEN_SETTLED, Kind } from '../../wire/frame.js';
import type { FrameHeader } from '../../wire/frame.js';
import { AckWaiters } from './ack-waiters.js';
import { callError } from '../client/call-errors.js';
import type { CallFacts } from '../client/call-errors.js';
import { checkedTimeout } from '../client/call-options.js';
import type { Directory } from '../directory.js';
import { encodePayload } from '../client/encode-payload.js';
import { PayloadProblem } from '../values/payload-problem.js';
import { rejectedPromise } from '../../async/rejected-promise.js';
import { checkName } from '../connection.js';
import type { NamedBody, ManagerConnection } from '../connection.js';
import { codecFor } from '../values/value-codec.js';
import type { ValueCodec } from '../values/value-codec.js';

export const DEFAULT_ACK_TIMEOUT_MS = 10_000;

/** Who gets the events: calls the listeners of `event`. `trouble` is for what no listener can be given. */
export interface EventReceiver {
  /** Nothing is read for nobody. */
  listensTo(event: string): boolean;
  /** Returns the promises that listeners gave; none of them rejects. */
  deliver(event: string, data: unknown, sourceCluster: number): readonly Promise<unknown>[];
  trouble(error: unknown, event: string, sourceCluster: number): void;
}

/** How to wait for acknowledgements. */
export interface AckOptions {
  readonly timeoutMs: number;
  readonly codec?: ValueCodec | undefined;
  /** Receivers acknowledge when the promises of their listeners have settled. */
  readonly settled?: boolean | undefined;
}

/** Who has an event, and who does not; ids in order. */
export interface AckReport {
  readonly acked: number[];
  readonly missing: number[];
}

/** An event that has passed all checks. */
interface Outgoing {
  readonly name: string;
  readonly body: Body;
  /** The number under which the body is laid out by position; 0: it spells its members out. */
  readonly layout: number;
}

const NOTHING_PENDING: readonly Promise<unknown>[] = [];

export interface EventChannelParts {
  readonly selfId: number;
  readonly uplink: ManagerConnection;
  readonly directory: Directory;
  /** How events without a contract travel. */
  readonly codec: ValueCodec;
}

export class EventChannel {
  readonly #selfId: number;
  readonly #uplink: ManagerConnection;
  readonly #directory: Directory;
  readonly #untyped: ValueCodec;
  readonly #waiters = new AckWaiters();
  /** Codecs that contracts brought; every other event is untyped. */
  readonly #codecs = new Map<string, ValueCodec>();
  #receiver: EventReceiver | undefined;
  #closed = false;

  constructor({ selfId, uplink, directory, codec }: EventChannelParts) {
    this.#selfId = selfId;
    this.#uplink = uplink;
    this.#directory = directory;
    this.#untyped = codec;
  }

  get waiterCount(): number {
    return this.#waiters.size;
  }

  receiveWith(receiver: EventReceiver): void {
    this.#receiver = receiver;
  }

  /** From now on the data of `event` is read with this codec. `false`: it was before. */
  readWith(event: string, codec: ValueCodec): boolean {
    if (this.#codecs.get(event) === codec) return false;
    this.#codecs.set(event, codec);
    return true;
  }

  /** Of the contract by which the data of `event` is read here. */
  fingerprintOf(event: string): string | undefined {
    return this.#codecs.get(event)?.fingerprint;
  }

  // Neither of the two is `async`: thousands may be sent in one tick, and all get the one promise of its flush.

  /** Tells all other clusters. */
  broadcast(event: string, data: unknown, codec = this.#untyped): Promise<void> {
    try {
      const outgoing = this.#prepare(event, ALL_CLUSTERS, data, codec);
      this.#send(outgoing, this.#uplink.header(Kind.event, ALL_CLUSTERS, 0));
      return this.#uplink.flushed();
    } catch (error) {
      return rejectedPromise(error);
    }
  }

  /** Tells one process; this one too, if it is meant. */
  emitTo(target: number, event: string, data: unknown, codec = this.#untyped): Promise<void> {
    try {
      const outgoing = this.#prepare(event, target, data, codec);
      if (target === this.#selfId) {
        const layout = outgoing.layout === 0 ? undefined : codec.fingerprint;
        setImmediate(() => this.receive({ ...outgoing, layout }, this.#selfId));
        return Promise.resolve();
      }
      this.#checkTarget(event, target);
      this.#send(outgoing, this.#uplink.header(Kind.event, target, 0));
      return this.#uplink.flushed();
    } catch (error) {
      return rejectedPromise(error);
    }
  }

  /** Tells all other clusters and waits for `expected` of them; resolves to the ids of those that have it. */
  async broadcastAndWait(
    event: string,
    data: unknown,
    options: AckOptions & { readonly expected: number },
  ): Promise<ReadonlySet<number>> {
    const timeoutMs = checkedTimeout(options.timeoutMs);
    const expected = checkedExpected(options.expected);
    const outgoing = this.#prepare(event, ALL_CLUSTERS, data, options.codec ?? this.#untyped, timeoutMs);
    if (expected === 0) {
      this.#send(outgoing, this.#uplink.header(Kind.event, ALL_CLUSTERS, 0));
      return new Set();
    }
    const { id, acked } = this.#waiters.open(expected, timeoutMs);
    const header = this.#uplink.header(Kind.event, ALL_CLUSTERS, id);
    if (options.settled === true) header.flags |= ACK_WHEN_SETTLED;
    this.#send(outgoing, header);
    return acked;
  }

  /** Expects every other cluster, and says of each whether it has the event. */
  async broadcastAndCollect(event: string, data: unknown, options: AckOptions): Promise<AckReport> {
    const others = this.#directory.ids().filter((id) => id !== this.#selfId);
    const acked = await this.broadcastAndWait(event, data, { ...options, expected: others.length });
    return { acked: others.filter((id) => acked.has(id)), missing: others.filter((id) => !acked.has(id)) };
  }

  /**
   * Takes an event that came. Listeners have been called when this returns, and nothing is thrown; the promises
   * are those that listeners gave, and do not reject.
   */
  receive({ name, body, layout }: NamedBody, sourceCluster: number): readonly Promise<unknown>[] {
    if (this.#receiver?.listensTo(name) !== true) return NOTHING_PENDING;
    const codec = this.#codecs.get(name) ?? this.#untyped;
    if (layout !== undefined && layout !== codec.fingerprint) {
      this.#receiver.trouble(this.#misfit(name, codec, layout), name, sourceCluster);
      return NOTHING_PENDING;
    }
    let data: unknown;
    try {
      data = codecFor(codec, layout !== undefined).decode(body);
    } catch (error) {
      this.#receiver.trouble(this.#unreadable(name, error), name, sourceCluster);
      return NOTHING_PENDING;
    }
    return this.#receiver.deliver(name, data, sourceCluster);
  }

  takeAck(id: number, clusterId: number): void {
    this.#waiters.take(id, clusterId);
  }

  close(): void {
    this.#closed = true;
    this.#waiters.finishAll();
  }

  /** Checks and encodes; whatever is wrong is thrown before anything leaves. */
  #prepare(event: string, target: number, data: unknown, codec: ValueCodec, timeoutMs = 0): Outgoing {
    checkName(event);
    const facts: CallFacts = { name: event, target, timeoutMs };
    const layout = this.#uplink.agreements.layoutFor(event, codec.fingerprint);
    const body = encodePayload(facts, codecFor(codec, layout !== 0), data);
    const refusal = this.#uplink.refuses(event, body);
    if (refusal === 'OVERLOADED') throw callError(facts, refusal, 'too much is waiting to be sent already');
    if (refusal !== undefined) {
      throw callError(facts, refusal, `over the limit of ${this.#uplink.limits.maxPayloadBytes} bytes`);
    }
    if (this.#closed) throw callError(facts, 'SHUTTING_DOWN', 'the link to the manager is closed');
    return { name: event, body, layout };
  }

  #checkTarget(event: string, target: number): void {
    const problem = this.#whyNotTo(target);
    if (problem !== undefined)
      throw callError({ name: event, target, timeoutMs: 0 }, problem.code, problem.detail);
  }

  #whyNotTo(target: number): { readonly code: IPCErrorCode; readonly detail: string } | undefined {
    if (target === MANAGER_ID) {
      if (this.#uplink.link !== undefined) return undefined;
      return { code: 'CLUSTER_UNAVAILABLE', detail: 'there is no manager' };
    }
    if (!this.#directory.has(target))
      return { code: 'CLUSTER_NOT_FOUND', detail: `there is no cluster ${target}` };
    if (this.#directory.mayBeUp(target)) return undefined;
    return { code: 'CLUSTER_UNAVAILABLE', detail: 'not up; the event was not sent' };
  }

  #send({ name, body, layout }: Outgoing, header: FrameHeader): void {
    this.#uplink.sendIn(layout, header, name, body);
  }

  /** It was laid out before its sender knew of this listener. */
  #misfit(event: string, { fingerprint }: ValueCodec, layout: string): unknown {
    const here =
      fingerprint === undefined ? 'there is no contract here' : `the contract here is ${fingerprint}`;
    const facts: CallFacts = { name: event, target: this.#selfId, timeoutMs: 0 };
    return callError(facts, 'CONTRACT_MISMATCH', `${here}, the sender's is ${layout}`);
  }

  #unreadable(event: string, error: unknown): unknown {
    if (!(error instanceof PayloadProblem)) return error;
    const facts: CallFacts = { name: event, target: this.#selfId, timeoutMs: 0 };
    return callError(facts, error.code, error.message, error.cause);
  }
}

function checkedExpected(expected: number): number {
  if (Number.isSafeInteger(expected) && expected >= 0) return expected;
  throw new RangeError(`expectedClusters must be a whole number from 0, got ${String(expected)}`);
}
