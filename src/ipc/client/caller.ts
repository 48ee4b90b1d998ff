/**
 * Caller: the calls that this process makes.
 *
 * Checks and encodes before anything leaves, opens the pending call, sends, and turns the frames that come back into
 * values and errors. A call that this process answers itself is served here, encoded like any other but not sent.
 */
import { IPCError } from '../../errors.js';
import type { IPCErrorCode } from '../../errors.js';
import { ALL_CLUSTERS, ANY_CLUSTER, MANAGER_ID } from '../../wire/address.js';
import { isTooLarge } from '../../wire/body.js';
import { FAIL_FAST, Kind } from '../../wire/frame.js';
import { callError } from './call-errors.js';
import type { Call, CallSpec } from './call.js';
import { resolveCallOptions } from './call-options.js';
import type { CallOptions } from './call-options.js';
import type { Directory } from '../directory.js';
import { encodePayload } from './encode-payload.js';
import { LocalCalls } from '../server/local-calls.js';
import { PayloadError } from '../values/payload-error.js';
import { PendingCalls } from './pending-calls.js';
import { readAnswer } from './read-answer.js';
import type { Answer } from './read-answer.js';
import type { ResultCollection } from './result-collection.js';
import { rejectedPromise } from '../../async/rejected-promise.js';
import type { Server } from '../server/server.js';
import { failed } from './settlement.js';
import { checkName } from '../connection.js';
import type { ManagerConnection } from '../connection.js';
import { codecFor } from '../values/value-codec.js';

export interface CallerDeps {
  readonly selfId: number;
  readonly connection: ManagerConnection;
  readonly server: Server;
  readonly directory: Directory;
}

export class Caller {
  readonly #deps: CallerDeps;
  readonly #pending: PendingCalls;
  readonly #local: LocalCalls;
  #closed: IPCErrorCode | undefined;

  constructor(deps: CallerDeps) {
    this.#deps = deps;
    this.#local = new LocalCalls(deps.server);
    this.#pending = new PendingCalls((id) => this.#onAbandon(id));
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  /** Calls one process: a cluster, or the manager. */
  call(target: number, spec: CallSpec, data: unknown, options?: number | CallOptions): Promise<unknown> {
    // Not `async`: the caller gets the pending call's own promise, without three more turns of the queue.
    try {
      checkTarget(target, spec.name);
      return this.#start(target, spec, data, options);
    } catch (error) {
      return rejectedPromise(error);
    }
  }

  /** Calls any cluster that is available. */
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
    if (this.#closed === undefined && this.#isServedLocally(call)) return this.#callLocally(call);

    const problem = this.#sendProblem(call);
    if (problem !== undefined) throw callError(call, problem);
    const { id, answer } = this.#pending.openSingle(call);
    this.#sendRequest(id, target, call, call.timeoutMs);
    releaseBody(call);
    return answer;
  }

  /** Calls every cluster, this one included. Rejects only for bad arguments and for data that cannot be sent. */
  async callAll(
    spec: CallSpec,
    data: unknown,
    options?: number | CallOptions,
  ): Promise<ResultCollection<unknown>> {
    const { selfId, directory } = this.#deps;
    const call = this.#prepare(ALL_CLUSTERS, spec, data, options, { mayBeAborted: true });
    // No clusters means no answers, and `allOk()` of none would be a lie.
    if (directory.totalClusters === 0)
      throw callError(call, 'CLUSTER_UNAVAILABLE', 'there are no clusters yet');
    const { id, answer } = this.#pending.openFanOut(call, directory.ids());
    if (call.signal?.aborted === true) {
      this.#pending.cancel(id, call.signal.reason);
      return answer;
    }
    this.#callOthers(id, call);
    if (selfId !== MANAGER_ID) this.#callSelf(id, call);
    releaseBody(call);
    return answer;
  }

  /** Settles the call that the answer is for. An answer for which no call waits is dropped. */
  onAnswer(id: number, answer: Answer): void {
    const call = this.#pending.get(id);
    if (call === undefined) return;
    const settlement = readAnswer(call, answer, this.#deps.connection.layouts);
    this.#pending.settle(id, answer.source, settlement);
  }

  /**
   * Sends the request to `source` once more, as keyed JSON, which can be read by every contract: `source` had another
   * contract than was negotiated when the request left.
   */
  onResendKeyed(id: number, source: number): void {
    const call = this.#pending.get(id);
    if (call === undefined || !call.isBodyKept) return;
    if (!this.#pending.markResent(id, source)) {
      const error = callError(call, 'PROTOCOL_ERROR', 'the receiver asked for the data more than once');
      this.#pending.settle(id, source, failed(error));
      return;
    }
    const problem = this.#reencodeKeyed(call);
    if (problem !== undefined) {
      this.#pending.settle(id, source, failed(problem));
      return;
    }
    const remainingMs = this.#pending.remainingMs(id);
    const target = call.target === ALL_CLUSTERS ? source : call.target;
    if (source === this.#deps.selfId) this.#serve(id, call, remainingMs);
    else this.#sendRequest(id, target, call, remainingMs);
  }

  /** Called when the manager holds the request to `target` back, and when it forwards it after all. */
  onQueued(id: number, target: number, isQueued: boolean): void {
    this.#pending.setQueued(id, target, isQueued);
  }

  /** Called when the manager has chosen this process to answer its own call. */
  onServeLocally(id: number, remainingMs: number): void {
    const call = this.#pending.get(id);
    if (call === undefined || !call.isBodyKept) return;
    // However the call ends, the manager hears once that it is no longer in flight.
    this.#serve(id, call, remainingMs, () => this.#sendCancel(id));
  }

  /** Ends all calls with this code, those that are open and those still to come. */
  close(code: IPCErrorCode): void {
    if (this.#closed !== undefined) return;
    this.#closed = code;
    const detail =
      code === 'SHUTTING_DOWN' ? 'the connection to the manager closed before an answer arrived' : undefined;
    this.#pending.failAll((call) => callError(call, code, detail));
    this.#local.served.cancelAll();
  }

  /** @param mayBeAborted - A signal that is aborted already does not make it throw. */
  #prepare(
    target: number,
    spec: CallSpec,
    data: unknown,
    options: number | CallOptions | undefined,
    { mayBeAborted = false } = {},
  ): Call {
    const { name } = spec;
    checkName(name);
    const { connection, selfId } = this.#deps;
    const { timeoutMs, signal, shouldWait } = resolveCallOptions(options, spec.timeoutMs);
    const rowId = connection.layouts.rowIdFor(name, spec.fingerprint);
    const isBodyKept = rowId !== 0 || target === ANY_CLUSTER || target === selfId;
    const call: Call = {
      name,
      target,
      timeoutMs,
      spec,
      signal,
      shouldWait,
      body: undefined,
      rowId,
      isBodyKept,
    };
    call.body = encodePayload(call, codecFor(spec.input, rowId !== 0), data);
    if (connection.sendProblem(name, call.body) === 'PAYLOAD_TOO_LARGE') throw this.#tooLargeError(call);
    if (signal?.aborted === true && !mayBeAborted) {
      throw callError(call, 'CANCELLED', undefined, signal.reason);
    }
    return call;
  }

  /** Returns why a call cannot leave this process now; `undefined` if it can. */
  #sendProblem({ target, name, body }: Call): IPCErrorCode | undefined {
    const { connection, directory } = this.#deps;
    if (this.#closed !== undefined) return this.#closed;
    if (target >= 0 && !directory.has(target)) return 'CLUSTER_NOT_FOUND';
    if (connection.link === undefined && target === MANAGER_ID) return 'CLUSTER_UNAVAILABLE';
    return connection.sendProblem(name, body);
  }

  /**
   * Whether this process answers the call without the manager. A handler that it lacks may be registered in a moment:
   * only the manager knows whether this cluster is ready, so the manager decides whether the call waits.
   */
  #isServedLocally({ target, name }: Call): boolean {
    const { selfId, connection, server } = this.#deps;
    if (connection.link === undefined) return target === selfId || target === ANY_CLUSTER;
    return target === selfId && server.has(name);
  }

  #callLocally(call: Call): Promise<unknown> {
    const { id, answer } = this.#pending.openSingle(call);
    this.#serve(id, call, call.timeoutMs);
    return answer;
  }

  /** Sends one frame for all others: the manager fans it out, and answers for clusters that are not up. */
  #callOthers(id: number, call: Call): void {
    const { selfId, directory } = this.#deps;
    const others = directory.ids().filter((clusterId) => clusterId !== selfId);
    if (others.length === 0) return;
    const problem = this.#sendProblem(call);
    if (problem === undefined) {
      this.#sendRequest(id, ALL_CLUSTERS, call, call.timeoutMs);
      return;
    }
    for (const target of others) {
      this.#pending.settle(id, target, failed(callError({ ...call, target }, problem)));
    }
  }

  #callSelf(id: number, call: Call): void {
    const target = this.#deps.selfId;
    if (this.#closed === undefined) this.#serve(id, call, call.timeoutMs);
    else this.#pending.settle(id, target, failed(callError({ ...call, target }, this.#closed)));
  }

  /** Serves a call of this process. `onDone` is called when it is answered, or has to be made as keyed JSON. */
  #serve(id: number, call: Call, remainingMs: number, onDone?: () => void): void {
    const { name, body, rowId, spec } = call;
    const source = this.#deps.selfId;
    const request = {
      correlation: id,
      name,
      body,
      sourceCluster: source,
      deadline: Date.now() + remainingMs,
      rowFingerprint: rowId === 0 ? undefined : spec.fingerprint,
    };
    this.#local.serve(request, {
      answer: (kind, answer) => {
        this.onAnswer(id, { kind, source, body: answer, isRow: rowId !== 0 });
        onDone?.();
      },
      resendKeyed: () => {
        this.onResendKeyed(id, source);
        onDone?.();
      },
    });
    // The handler may have ended the very call it works on, before the call was opened as served.
    if (this.#pending.get(id) === undefined) this.#local.served.cancel(id);
  }

  /** Encodes the data again, as keyed JSON. Returns the error when that cannot be sent: it may be too large. */
  #reencodeKeyed(call: Call): unknown {
    const { input } = call.spec;
    if (call.rowId === 0) return undefined;
    try {
      const { row } = input;
      const body = row === undefined ? call.body : encodePayload(call, input, row.decode(call.body));
      if (isTooLarge(body, this.#deps.connection.limits.maxPayloadBytes)) return this.#tooLargeError(call);
      call.body = body;
      call.rowId = 0;
      return undefined;
    } catch (error) {
      // What was checked need not be what was written: getters may return something else each time.
      return error instanceof PayloadError ? callError(call, error.code, error.message, error) : error;
    }
  }

  #tooLargeError(call: Call): IPCError {
    const { maxPayloadBytes } = this.#deps.connection.limits;
    return callError(
      call,
      'PAYLOAD_TOO_LARGE',
      `the payload exceeds the size limit of ${maxPayloadBytes} bytes`,
    );
  }

  #sendRequest(id: number, target: number, call: Call, remainingMs: number): void {
    const { connection } = this.#deps;
    const header = connection.header(Kind.request, target, id);
    header.remainingMs = remainingMs;
    if (!call.shouldWait) header.flags |= FAIL_FAST;
    connection.sendPayload(call.rowId, header, call.name, call.body);
  }

  /** The caller stopped waiting: handlers here or elsewhere can stop working on the call. */
  #onAbandon(id: number): void {
    this.#local.served.cancel(id);
    this.#sendCancel(id);
  }

  #sendCancel(id: number): void {
    const { connection } = this.#deps;
    connection.send(connection.header(Kind.cancel, MANAGER_ID, id), undefined, undefined);
  }
}

/** A large payload is not kept in memory for as long as its call is open. */
function releaseBody(call: Call): void {
  if (!call.isBodyKept) call.body = undefined;
}

/** Ids below the manager's have meanings of their own on the wire (`ANY_CLUSTER`, ...), which callers must not use. */
function checkTarget(target: number, name: string): void {
  if (Number.isInteger(target) && target >= MANAGER_ID) return;
  throw new IPCError('CLUSTER_NOT_FOUND', `${name}: there is no cluster ${String(target)}`, {
    handler: name,
  });
}
