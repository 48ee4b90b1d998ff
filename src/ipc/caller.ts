/**
 * Caller: the calls this process makes.
 *
 * Checks and encodes before anything leaves, opens the wait, sends, and turns the frames that come back into
 * values and errors. A call that ends in this very process is served here, as text, without the link.
 */
import { IPCError } from '../errors.js';
import type { IPCErrorCode } from '../errors.js';
import { ALL_CLUSTERS, ANY_CLUSTER, MANAGER_ID } from '../wire/address.js';
import { DO_NOT_WAIT, Kind } from '../wire/frame.js';
import { callError } from './call-errors.js';
import { resolveCallOptions } from './call-options.js';
import type { CallOptions } from './call-options.js';
import type { Directory } from './directory.js';
import { encodePayload } from './encode-payload.js';
import type { FaultCodec } from './fault.js';
import { OwnCalls } from './own-calls.js';
import { PendingCalls } from './pending-calls.js';
import { readAnswer } from './read-answer.js';
import type { Answer } from './read-answer.js';
import type { Call, Sent } from './pending-calls.js';
import type { ResultCollection } from './result-collection.js';
import { rejection } from './rejection.js';
import type { Server } from './server.js';
import { failed } from './settlement.js';
import type { Body } from '../wire/frame-writer.js';
import { checkName } from './uplink.js';
import type { Uplink } from './uplink.js';
import { codecFor } from './value-codec.js';
import type { ValueCodec } from './value-codec.js';

/** What is called, and how its data and results are written. */
export interface CallSpec {
  readonly name: string;
  readonly input: ValueCodec;
  readonly output: ValueCodec;
  readonly timeoutMs: number;
  /** The errors that a contract declares for the handler. */
  readonly faults?: FaultCodec | undefined;
  /** Names the types by which the caller calls. */
  readonly fingerprint?: string | undefined;
}

export interface CallerParts {
  readonly selfId: number;
  readonly uplink: Uplink;
  readonly server: Server;
  readonly directory: Directory;
}

/** A call that has passed all checks, ready to leave. */
interface Prepared extends Sent {
  readonly call: Call;
}

export class Caller {
  readonly #parts: CallerParts;
  readonly #pending: PendingCalls;
  readonly #own: OwnCalls;
  #closed: IPCErrorCode | undefined;

  constructor(parts: CallerParts) {
    this.#parts = parts;
    this.#own = new OwnCalls(parts.server);
    this.#pending = new PendingCalls((correlation) => this.#giveUp(correlation));
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  /** Asks one process: a cluster, or the manager. */
  call(target: number, spec: CallSpec, data: unknown, options?: number | CallOptions): Promise<unknown> {
    // Not `async`: the caller gets the pending call's own promise, without three more turns of the queue.
    try {
      checkTarget(target, spec.name);
      return this.#start(target, spec, data, options);
    } catch (error) {
      return rejection(error);
    }
  }

  /** Asks any cluster that is available. */
  callAny(spec: CallSpec, data: unknown, options?: number | CallOptions): Promise<unknown> {
    try {
      return this.#start(ANY_CLUSTER, spec, data, options);
    } catch (error) {
      return rejection(error);
    }
  }

  #start(
    target: number,
    spec: CallSpec,
    data: unknown,
    options: number | CallOptions | undefined,
  ): Promise<unknown> {
    const prepared = this.#prepare(target, spec, data, options);
    if (this.#endsHere(prepared.call)) return this.#callHere(prepared);

    const refusal = this.#refusal(prepared);
    if (refusal !== undefined) throw callError(prepared.call, refusal);
    const { id, answer } = this.#pending.openSingle(prepared.call, prepared.options);
    if (prepared.layout !== 0 || target === ANY_CLUSTER || target === this.#parts.selfId)
      this.#pending.keep(id, prepared);
    this.#sendRequest(id, target, prepared, prepared.options.timeoutMs);
    return answer;
  }

  /** Asks every cluster, this one included. Rejects only for bad arguments or data that cannot be sent. */
  async callAll(
    spec: CallSpec,
    data: unknown,
    options?: number | CallOptions,
  ): Promise<ResultCollection<unknown>> {
    const { selfId, directory } = this.#parts;
    const prepared = this.#prepare(ALL_CLUSTERS, spec, data, options, { abortedIsResult: true });
    // No clusters means no answers, and `allOk()` of none would be a lie.
    if (directory.totalClusters === 0)
      throw callError(prepared.call, 'CLUSTER_UNAVAILABLE', 'there are no clusters yet');
    const { id, answer } = this.#pending.openFanOut(prepared.call, prepared.options, directory.ids());
    if (prepared.options.signal?.aborted === true) {
      this.#pending.cancel(id, prepared.options.signal.reason);
      return answer;
    }
    if (prepared.layout !== 0) this.#pending.keep(id, prepared);
    this.#askOthers(id, prepared);
    if (selfId !== MANAGER_ID) this.#serveHere(id, prepared);
    return answer;
  }

  /** Takes an answer frame. What nobody waits for is dropped. */
  takeAnswer(id: number, answer: Answer): void {
    const call = this.#pending.callOf(id);
    if (call === undefined) return;
    const settlement = readAnswer(call, answer, this.#parts.uplink.agreements);
    this.#pending.settle(id, answer.source, settlement);
  }

  /**
   * Whoever was asked has another contract than was agreed on when the request left. It is asked once more, in
   * words that every contract can read.
   */
  takeAskAgain(id: number, source: number): void {
    const call = this.#pending.callOf(id);
    const sent = this.#pending.sentOf(id);
    if (call === undefined || sent === undefined) return;
    if (!this.#pending.noteAskedAgain(id, source)) {
      this.#pending.settle(
        id,
        source,
        failed(callError(call, 'PROTOCOL_ERROR', 'asked for it again and again')),
      );
      return;
    }
    const spelt: Sent = sent.layout === 0 ? sent : { ...sent, body: spellOut(call, sent.body), layout: 0 };
    this.#pending.keep(id, spelt);
    const remainingMs = this.#pending.remainingMs(id);
    const target = call.target === ALL_CLUSTERS ? source : call.target;
    if (source === this.#parts.selfId) this.#serve(id, { ...spelt, call }, remainingMs, () => {});
    else this.#sendRequest(id, target, { ...spelt, call }, remainingMs);
  }

  takeHeld(id: number, held: boolean): void {
    this.#pending.hold(id, held);
  }

  /** The manager chose this very process to answer its own call. */
  takeYours(id: number, remainingMs: number): void {
    const call = this.#pending.callOf(id);
    if (call === undefined) return;
    const sent = this.#pending.sentOf(id);
    if (sent === undefined) return;
    // Whatever comes of it, the manager is told once that this flight is over.
    this.#serve(id, { ...sent, call }, remainingMs, () => this.#sendCancel(id));
  }

  /** Ends every call, open and to come, with this code. */
  close(code: IPCErrorCode): void {
    if (this.#closed !== undefined) return;
    this.#closed = code;
    this.#pending.failAll((call) => callError(call, code));
    this.#own.stopAll();
  }

  #prepare(
    target: number,
    spec: CallSpec,
    data: unknown,
    given: number | CallOptions | undefined,
    { abortedIsResult = false } = {},
  ): Prepared {
    checkName(spec.name);
    const options = resolveCallOptions(given, spec.timeoutMs);
    const { name, input, output, faults, fingerprint } = spec;
    const call: Call = { name, target, timeoutMs: options.timeoutMs, input, output, faults, fingerprint };
    const layout = this.#parts.uplink.agreements.layoutFor(name, fingerprint);
    const body = encodePayload(call, codecFor(input, layout !== 0), data);
    const refusal = this.#parts.uplink.refuses(spec.name, body);
    if (refusal === 'PAYLOAD_TOO_LARGE')
      throw callError(call, refusal, `over the limit of ${this.#parts.uplink.limits.maxPayloadBytes} bytes`);
    if (options.signal?.aborted === true && !abortedIsResult) {
      throw callError(call, 'CANCELLED', undefined, options.signal.reason);
    }
    return { call, body, layout, options };
  }

  /** Why a call cannot leave this process now. */
  #refusal({ call, body }: Prepared): IPCErrorCode | undefined {
    const { uplink, directory } = this.#parts;
    if (this.#closed !== undefined) return this.#closed;
    if (call.target >= 0 && !directory.has(call.target)) return 'CLUSTER_NOT_FOUND';
    if (uplink.link === undefined && call.target === MANAGER_ID) return 'CLUSTER_UNAVAILABLE';
    return uplink.refuses(call.name, body);
  }

  /**
   * A handler that this process has is called without the link. One that it lacks may be about to be
   * registered: only the manager knows whether this cluster is ready, so it decides whether to wait.
   */
  #endsHere({ target, name }: Call): boolean {
    const { selfId, uplink, server } = this.#parts;
    if (uplink.link === undefined) return target === selfId || target === ANY_CLUSTER;
    return target === selfId && server.has(name);
  }

  #callHere(prepared: Prepared): Promise<unknown> {
    const { id, answer } = this.#pending.openSingle(prepared.call, prepared.options);
    this.#serveHere(id, prepared);
    return answer;
  }

  /** One frame for all others: the manager fans it out and answers for those that are not up. */
  #askOthers(id: number, prepared: Prepared): void {
    const { selfId, directory } = this.#parts;
    const others = directory.ids().filter((clusterId) => clusterId !== selfId);
    if (others.length === 0) return;
    const refusal = this.#refusal(prepared);
    if (refusal === undefined) {
      this.#sendRequest(id, ALL_CLUSTERS, prepared, prepared.options.timeoutMs);
      return;
    }
    for (const target of others) {
      this.#pending.settle(id, target, failed(callError({ ...prepared.call, target }, refusal)));
    }
  }

  #serveHere(id: number, prepared: Prepared): void {
    this.#serve(id, prepared, prepared.options.timeoutMs, () => {});
  }

  #serve(id: number, { call, body, layout }: Prepared, remainingMs: number, done: () => void): void {
    const request = {
      correlation: id,
      name: call.name,
      body,
      sourceCluster: this.#parts.selfId,
      remainingMs,
      layout: layout === 0 ? undefined : call.fingerprint,
    };
    const source = this.#parts.selfId;
    this.#own.serve(request, {
      answer: (kind, answer) => {
        this.takeAnswer(id, { kind, source, body: answer, laidOut: layout !== 0 });
        done();
      },
      askAgain: () => {
        this.takeAskAgain(id, source);
        done();
      },
    });
    // The handler may have ended the very call it works on, before it was known to work on it.
    if (this.#pending.callOf(id) === undefined) this.#own.stop(id);
  }

  #sendRequest(
    id: number,
    target: number,
    { call, body, layout, options }: Prepared,
    remainingMs: number,
  ): void {
    const { uplink } = this.#parts;
    const header = uplink.header(Kind.request, target, id);
    header.remainingMs = remainingMs;
    if (!options.wait) header.flags |= DO_NOT_WAIT;
    uplink.sendIn(layout, header, call.name, body);
  }

  /** The caller stopped waiting: whoever works on the call, here or elsewhere, need not go on. */
  #giveUp(id: number): void {
    this.#own.stop(id);
    this.#sendCancel(id);
  }

  #sendCancel(id: number): void {
    const { uplink } = this.#parts;
    uplink.send(uplink.header(Kind.cancel, MANAGER_ID, id), undefined, undefined);
  }
}

/** The same data with its members' names: what one side wrote, it can read. */
function spellOut({ input, name }: Call, body: Body): Body {
  return input.laidOut === undefined ? body : input.encode(input.laidOut.decode(body), name);
}

/** Below the manager's id the wire has meanings of its own, which are not for callers to name. */
function checkTarget(target: number, name: string): void {
  if (Number.isInteger(target) && target >= MANAGER_ID) return;
  throw new IPCError('CLUSTER_NOT_FOUND', `${name}: there is no cluster ${String(target)}`, {
    handler: name,
  });
}
