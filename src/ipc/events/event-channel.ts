/**
 * Event channel: sends the events of this process and decodes those that arrive.
 *
 * The side of events that knows frames. The `EventBusClient` knows the listeners: it gets decoded data and returns the
 * promises of the listeners that were called.
 */
import type { IPCErrorCode } from '../../errors.js';
import { ALL_CLUSTERS, MANAGER_ID } from '../../wire/address.js';
import type { Body } from '../../wire/body.js';
import { ACK_WHEN_SETTLED, Kind } from '../../wire/frame.js';
import type { FrameHeader } from '../../wire/frame.js';
import type { AckReport } from './ack-report.js';
import { AckWaiters } from './ack-waiters.js';
import { callError } from '../client/call-errors.js';
import type { CallInfo } from '../client/call-errors.js';
import { checkedTimeout } from '../client/call-options.js';
import type { Directory } from '../directory.js';
import { encodePayload } from '../client/encode-payload.js';
import { PayloadError } from '../values/payload-error.js';
import { rejectedPromise } from '../../async/rejected-promise.js';
import { checkName } from '../connection.js';
import type { NamedBody, ManagerConnection } from '../connection.js';
import { codecFor } from '../values/value-codec.js';
import type { ValueCodec } from '../values/value-codec.js';

export const DEFAULT_ACK_TIMEOUT_MS = 10_000;

/** Calls the listeners. `onError` gets the error for an event that cannot be decoded. */
export interface EventReceiver {
  /** An event without listeners is not even decoded. */
  hasListeners(event: string): boolean;
  /** Returns the promises of the listeners; none of them rejects. */
  deliver(event: string, data: unknown, sourceCluster: number): readonly Promise<unknown>[];
  onError(error: unknown, event: string, sourceCluster: number): void;
}

/** Options for an event that waits for acknowledgements. */
export interface AckOptions {
  readonly timeoutMs: number;
  readonly codec?: ValueCodec | undefined;
  /** Whether receivers acknowledge only when the promises of their listeners have settled. */
  readonly settled?: boolean | undefined;
}

/** An event that is checked and encoded. */
interface Outgoing {
  readonly name: string;
  readonly body: Body;
  /** The id of the name and contract by which the body is a row; 0: the body is keyed JSON. */
  readonly rowId: number;
}

const NONE_PENDING: readonly Promise<unknown>[] = [];

export interface EventChannelDeps {
  readonly selfId: number;
  readonly connection: ManagerConnection;
  readonly directory: Directory;
  /** The codec of events without a contract. */
  readonly codec: ValueCodec;
}

export class EventChannel {
  readonly #selfId: number;
  readonly #connection: ManagerConnection;
  readonly #directory: Directory;
  readonly #untypedCodec: ValueCodec;
  readonly #waiters = new AckWaiters();
  /** The codecs of events that contracts listen to; every other event is untyped. */
  readonly #codecs = new Map<string, ValueCodec>();
  #receiver: EventReceiver | undefined;
  #closed = false;

  constructor({ selfId, connection, directory, codec }: EventChannelDeps) {
    this.#selfId = selfId;
    this.#connection = connection;
    this.#directory = directory;
    this.#untypedCodec = codec;
  }

  get waiterCount(): number {
    return this.#waiters.size;
  }

  setReceiver(receiver: EventReceiver): void {
    this.#receiver = receiver;
  }

  /** Decodes the data of `event` with this codec from now on. Returns `false` if it was used before. */
  useCodec(event: string, codec: ValueCodec): boolean {
    if (this.#codecs.get(event) === codec) return false;
    this.#codecs.set(event, codec);
    return true;
  }

  /** The fingerprint of the contract by which the data of `event` is decoded here. */
  fingerprintOf(event: string): string | undefined {
    return this.#codecs.get(event)?.fingerprint;
  }

  // The next two are not `async`: thousands of events may be sent in one tick, and all get the promise of its one flush.

  /** Sends an event to all other clusters. */
  broadcast(event: string, data: unknown, codec = this.#untypedCodec): Promise<void> {
    try {
      const outgoing = this.#prepare(event, ALL_CLUSTERS, data, codec);
      this.#send(outgoing, this.#connection.header(Kind.event, ALL_CLUSTERS, 0));
      return this.#connection.flushed();
    } catch (error) {
      return rejectedPromise(error);
    }
  }

  /** Sends an event to one process, which may be this one. */
  emitTo(target: number, event: string, data: unknown, codec = this.#untypedCodec): Promise<void> {
    try {
      const outgoing = this.#prepare(event, target, data, codec);
      if (target === this.#selfId) {
        const rowFingerprint = outgoing.rowId === 0 ? undefined : codec.fingerprint;
        setImmediate(() => this.receive({ ...outgoing, rowFingerprint }, this.#selfId));
        return Promise.resolve();
      }
      this.#checkTarget(event, target);
      this.#send(outgoing, this.#connection.header(Kind.event, target, 0));
      return this.#connection.flushed();
    } catch (error) {
      return rejectedPromise(error);
    }
  }

  /** Sends an event to all other clusters and waits for `expected` acknowledgements. Resolves to the ids of the clusters
   * that acknowledged in time. */
  async broadcastAndWait(
    event: string,
    data: unknown,
    options: AckOptions & { readonly expected: number },
  ): Promise<ReadonlySet<number>> {
    const timeoutMs = checkedTimeout(options.timeoutMs);
    const expected = checkedExpected(options.expected);
    const outgoing = this.#prepare(event, ALL_CLUSTERS, data, options.codec ?? this.#untypedCodec, timeoutMs);
    if (expected === 0) {
      this.#send(outgoing, this.#connection.header(Kind.event, ALL_CLUSTERS, 0));
      return new Set();
    }
    const { id, acked } = this.#waiters.open(expected, timeoutMs);
    const header = this.#connection.header(Kind.event, ALL_CLUSTERS, id);
    if (options.settled === true) header.flags |= ACK_WHEN_SETTLED;
    this.#send(outgoing, header);
    return acked;
  }

  /** Sends an event to all other clusters and waits until each has acknowledged it, or the timeout ends. */
  async broadcastAndCollect(event: string, data: unknown, options: AckOptions): Promise<AckReport> {
    const others = this.#directory.ids().filter((id) => id !== this.#selfId);
    const acked = await this.broadcastAndWait(event, data, { ...options, expected: others.length });
    return { acked: others.filter((id) => acked.has(id)), missing: others.filter((id) => !acked.has(id)) };
  }

  /**
   * Delivers an event that has arrived. When this returns, all listeners have been called; nothing is thrown. Returns
   * the promises of the listeners, which do not reject.
   */
  receive({ name, body, rowFingerprint }: NamedBody, sourceCluster: number): readonly Promise<unknown>[] {
    if (this.#receiver?.hasListeners(name) !== true) return NONE_PENDING;
    const codec = this.#codecs.get(name) ?? this.#untypedCodec;
    if (rowFingerprint !== undefined && rowFingerprint !== codec.fingerprint) {
      this.#receiver.onError(this.#mismatchError(name, codec, rowFingerprint), name, sourceCluster);
      return NONE_PENDING;
    }
    let data: unknown;
    try {
      data = codecFor(codec, rowFingerprint !== undefined).decode(body);
    } catch (error) {
      this.#receiver.onError(this.#decodeError(name, error), name, sourceCluster);
      return NONE_PENDING;
    }
    return this.#receiver.deliver(name, data, sourceCluster);
  }

  onAck(id: number, clusterId: number): void {
    this.#waiters.onAck(id, clusterId);
  }

  close(): void {
    this.#closed = true;
    this.#waiters.finishAll();
  }

  /** Checks and encodes an event. Every problem is thrown before anything is sent. */
  #prepare(event: string, target: number, data: unknown, codec: ValueCodec, timeoutMs = 0): Outgoing {
    checkName(event);
    const info: CallInfo = { name: event, target, timeoutMs };
    const rowId = this.#connection.layouts.rowIdFor(event, codec.fingerprint);
    const body = encodePayload(info, codecFor(codec, rowId !== 0), data);
    const problem = this.#connection.sendProblem(event, body);
    if (problem === 'OVERLOADED') throw callError(info, problem, 'too many bytes are waiting to be sent');
    if (problem !== undefined) {
      const { maxPayloadBytes } = this.#connection.limits;
      throw callError(info, problem, `the payload exceeds the size limit of ${maxPayloadBytes} bytes`);
    }
    if (this.#closed) throw callError(info, 'SHUTTING_DOWN', 'the connection to the manager is closed');
    return { name: event, body, rowId };
  }

  #checkTarget(event: string, target: number): void {
    const problem = this.#targetProblem(target);
    if (problem !== undefined)
      throw callError({ name: event, target, timeoutMs: 0 }, problem.code, problem.detail);
  }

  #targetProblem(target: number): { readonly code: IPCErrorCode; readonly detail: string } | undefined {
    if (target === MANAGER_ID) {
      if (this.#connection.link !== undefined) return undefined;
      return { code: 'CLUSTER_UNAVAILABLE', detail: 'there is no manager' };
    }
    if (!this.#directory.has(target))
      return { code: 'CLUSTER_NOT_FOUND', detail: `there is no cluster ${target}` };
    if (this.#directory.mayBeUp(target)) return undefined;
    return { code: 'CLUSTER_UNAVAILABLE', detail: 'not up; the event was not sent' };
  }

  #send({ name, body, rowId }: Outgoing, header: FrameHeader): void {
    this.#connection.sendPayload(rowId, header, name, body);
  }

  /** The error for a row of another contract: it was sent before its sender knew about this listener. */
  #mismatchError(event: string, { fingerprint }: ValueCodec, senderFingerprint: string): unknown {
    const versions = `contract version here: ${fingerprint ?? 'none'}, at the sender: ${senderFingerprint}`;
    const info: CallInfo = { name: event, target: this.#selfId, timeoutMs: 0 };
    return callError(info, 'CONTRACT_MISMATCH', versions);
  }

  #decodeError(event: string, error: unknown): unknown {
    if (!(error instanceof PayloadError)) return error;
    const info: CallInfo = { name: event, target: this.#selfId, timeoutMs: 0 };
    return callError(info, error.code, error.message, error.cause);
  }
}

function checkedExpected(expected: number): number {
  if (Number.isSafeInteger(expected) && expected >= 0) return expected;
  throw new RangeError(`expectedClusters must be a non-negative integer, got ${String(expected)}`);
}
