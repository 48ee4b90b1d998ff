/**
 * Caller: the calls this process makes.
 *
 * Checks and encodes before anything leaves, opens the wait, sends, and turns the frames that come back into
 * values and errors. A call that ends in this very process is served here, as text, without the link.
 */
import { IPCError } from '../../errors.js';
import type { IPCErrorCode } from '../../errors.js';
import { ALL_CLUSTERS, ANY_CLUSTER, MANAGER_ID } from '../../wire/address.js';
import { FAIL_FAST, Kind } from '../../wire/frame.js';
import { callError } from './call-errors.js';
import type { Call, CallSpec } from './call.js';
import { resolveCallOptions } from './call-options.js';
import type { CallOptions } from './call-options.js';
import type { Directory } from '../directory.js';
import { encodePayload } from './encode-payload.js';
import { LocalCalls } from '../server/local-calls.js';
import { PayloadProblem } from '../values/payload-problem.js';
import { PendingCalls } from './pending-calls.js';
import { readAnswer } from './read-answer.js';
import type { Answer } from './read-answer.js';
import type { ResultCollection } from './result-collection.js';
import { rejectedPromise } from '../../async/rejected-promise.js';
import type { Server } from '../server/server.js';
import { failed } from './settlement.js';
import { checkName, isTooLarge } from '../connection.js';
import type { ManagerConnection } from '../connection.js';
import { codecFor } from '../values/value-codec.js';

export interface CallerParts {
  readonly selfId: number;
  readonly uplink: ManagerConnection;
  readonly server: Server;
  readonly directory: Directory;
}

export class Caller {
  readonly #parts: CallerParts;
  readonly #pending: PendingCalls;
  readonly #own: LocalCalls;
  #closed: IPCErrorCode | undefined;

  constructor(parts: CallerParts) {
    this.#parts = parts;
    this.#own = new LocalCalls(parts.server);
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
      return rejectedPromise(error);
    }
  }

  /** Asks any cluster that is available. */
  callAny(spec: CallSpec, data: unknown, options?: number | CallOptions): Promise<unknown> {
    try {
      return this.#start(ANY_CLUSTER, spec, data, options);
    } catch (error) {
      return rejectedPromise(error);
    }
  }

  #start(
    target: number,
    spec: CallSpec,
    data: unknown,
    options: number | CallOptions | undefined,
  ): Promise<unknown> {
    const call = this.#prepare(target, spec, data, options);
    if (this.#closed === undefined && this.#endsHere(call)) return this.#callHere(call);

    const refusal = this.#refusal(call);
    if (refusal !== undefined) throw callError(call, refusal);
    const { id, answer } = this.#pending.openSingle(call);
    this.#sendRequest(id, target, call, call.timeoutMs);
    forgetBody(call);
    return answer;
  }

  /** Asks every cluster, this one included. Rejects only for bad arguments or data that cannot be sent. */
  async callAll(
    spec: CallSpec,
    data: unknown,
    options?: number | CallOptions,
  ): Promise<ResultCollection<unknown>> {
    const { selfId, directory } = this.#parts;
    const call = this.#prepare(ALL_CLUSTERS, spec, data, options, { abortedIsResult: true });
    // No clusters means no answers, and `allOk()` of none would be a lie.
    if (directory.totalClusters === 0)
      throw callError(call, 'CLUSTER_UNAVAILABLE', 'there are no clusters yet');
    const { id, answer } = this.#pending.openFanOut(call, directory.ids());
    if (call.signal?.aborted === true) {
      this.#pending.cancel(id, call.signal.reason);
      return answer;
    }
    this.#askOthers(id, call);
    if (selfId !== MANAGER_ID) this.#askMyself(id, call);
    forgetBody(call);
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
    if (call === undefined || !call.isKept) return;
    if (!this.#pending.noteAskedAgain(id, source)) {
      this.#pending.settle(
        id,
        source,
        failed(callError(call, 'PROTOCOL_ERROR', 'asked for it again and again')),
      );
      return;
    }
    const problem = this.#spellOut(call);
    if (problem !== undefined) {
      this.#pending.settle(id, source, failed(problem));
      return;
    }
    const remainingMs = this.#pending.remainingMs(id);
    const target = call.target === ALL_CLUSTERS ? source : call.target;
    if (source === this.#parts.selfId) this.#serve(id, call, remainingMs, () => {});
    else this.#sendRequest(id, target, call, remainingMs);
  }

  takeHeld(id: number, target: number, held: boolean): void {
    this.#pending.hold(id, target, held);
  }

  /** The manager chose this very process to answer its own call. */
  takeYours(id: number, remainingMs: number): void {
    const call = this.#pending.callOf(id);
    if (call === undefined || !call.isKept) return;
    // Whatever comes of it, the manager is told once that this flight is over.
    this.#serve(id, call, remainingMs, () => this.#sendCancel(id));
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
  ): Call {
    const { name } = spec;
    checkName(name);
    const { uplink, selfId } = this.#parts;
    const { timeoutMs, signal, wait } = resolveCallOptions(given, spec.timeoutMs);
    const layout = uplink.agreements.layoutFor(name, spec.fingerprint);
    const isKept = layout !== 0 || target === ANY_CLUSTER || target === selfId;
    const call: Call = { name, target, timeoutMs, spec, signal, wait, body: undefined, layout, isKept };
    call.body = encodePayload(call, codecFor(spec.input, layout !== 0), data);
    const refusal = uplink.refuses(name, call.body);
    if (refusal === 'PAYLOAD_TOO_LARGE') throw this.#tooLarge(call);
    if (signal?.aborted === true && !abortedIsResult) {
      throw callError(call, 'CANCELLED', undefined, signal.reason);
    }
    return call;
  }

  /** Why a call cannot leave this process now. */
  #refusal({ target, name, body }: Call): IPCErrorCode | undefined {
    const { uplink, directory } = this.#parts;
    if (this.#closed !== undefined) return this.#closed;
    if (target >= 0 && !directory.has(target)) return 'CLUSTER_NOT_FOUND';
    if (uplink.link === undefined && target === MANAGER_ID) return 'CLUSTER_UNAVAILABLE';
    return uplink.refuses(name, body);
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

  #callHere(call: Call): Promise<unknown> {
    const { id, answer } = this.#pending.openSingle(call);
    this.#serveHere(id, call);
    return answer;
  }

  /** One frame for all others: the manager fans it out and answers for those that are not up. */
  #askOthers(id: number, call: Call): void {
    const { selfId, directory } = this.#parts;
    const others = directory.ids().filter((clusterId) => clusterId !== selfId);
    if (others.length === 0) return;
    const refusal = this.#refusal(call);
    if (refusal === undefined) {
      this.#sendRequest(id, ALL_CLUSTERS, call, call.timeoutMs);
      return;
    }
    for (const target of others) {
      this.#pending.settle(id, target, failed(callError({ ...call, target }, refusal)));
    }
  }

  #askMyself(id: number, call: Call): void {
    const target = this.#parts.selfId;
    if (this.#closed === undefined) this.#serveHere(id, call);
    else this.#pending.settle(id, target, failed(callError({ ...call, target }, this.#closed)));
  }

  #serveHere(id: number, call: Call): void {
    this.#serve(id, call, call.timeoutMs, () => {});
  }

  #serve(id: number, call: Call, remainingMs: number, done: () => void): void {
    const { name, body, layout, spec } = call;
    const source = this.#parts.selfId;
    const request = {
      correlation: id,
      name,
      body,
      sourceCluster: source,
      deadline: Date.now() + remainingMs,
      layout: layout === 0 ? undefined : spec.fingerprint,
    };
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

  /** The same data with its members' names. Returns why it cannot be sent so: with them it may be too long. */
  #spellOut(call: Call): unknown {
    const { input } = call.spec;
    if (call.layout === 0) return undefined;
    try {
      const { laidOut } = input;
      const body = laidOut === undefined ? call.body : encodePayload(call, input, laidOut.decode(call.body));
      if (isTooLarge(body, this.#parts.uplink.limits.maxPayloadBytes)) return this.#tooLarge(call);
      call.body = body;
      call.layout = 0;
      return undefined;
    } catch (error) {
      // What was checked need not be what was written: getters may say something else each time.
      return error instanceof PayloadProblem ? callError(call, error.code, error.message, error) : error;
    }
  }

  #tooLarge(call: Call): IPCError {
    const { maxPayloadBytes } = this.#parts.uplink.limits;
    return callError(call, 'PAYLOAD_TOO_LARGE', `over the limit of ${maxPayloadBytes} bytes`);
  }

  #sendRequest(id: number, target: number, { name, body, layout, wait }: Call, remainingMs: number): void {
    const { uplink } = this.#parts;
    const header = uplink.header(Kind.request, target, id);
    header.remainingMs = remainingMs;
    if (!wait) header.flags |= FAIL_FAST;
    uplink.sendIn(layout, header, name, body);
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

/** A large payload is not held for as long as its call is open. */
function forgetBody(call: Call): void {
  if (!call.isKept) call.body = undefined;
}

/** Below the manager's id the wire has meanings of its own, which are not for callers to name. */
function checkTarget(target: number, name: string): void {
  if (Number.isInteger(target) && target >= MANAGER_ID) return;
  throw new IPCError('CLUSTER_NOT_FOUND', `${name}: there is no cluster ${String(target)}`, {
    handler: name,
  });
}
