/**
 * Pending calls: the calls of this process that wait for answers.
 *
 * One table and one exit. A call is opened before its frame is sent, and ends with whichever comes first: its answer,
 * its deadline, its cancellation or the end of the connection. What comes later finds no entry and is dropped. It knows
 * neither links nor handlers.
 */
import { IdTable } from '../../wire/id-table.js';
import { deferred } from '../../async/deferred.js';
import type { Call } from './call.js';
import { callError } from './call-errors.js';
import { DeadlineSweep } from './deadline-sweep.js';
import { ResultCollection } from './result-collection.js';
import type { ClusterResult } from './result-collection.js';
import { failed } from './settlement.js';
import type { Settlement } from './settlement.js';

/** Called when a caller stops waiting before all answers have arrived: the handlers can stop working on the call. */
export type OnAbandon = (correlation: number) => void;

abstract class PendingCall {
  readonly id: number;
  readonly call: Call;
  /** On the sweep's clock. */
  readonly deadline: number;
  /** The targets to which the manager has not forwarded the request yet: the call has not run there. */
  queuedFor: number[] | undefined;
  /** The processes to which the request was sent a second time, as keyed JSON. */
  resentTo: number[] | undefined;
  onAbort: (() => void) | undefined;

  constructor(id: number, call: Call, deadline: number) {
    this.id = id;
    this.call = call;
    this.deadline = deadline;
  }

  /** Settles the part of process `source`. Returns `true` when the whole call has ended. */
  abstract settle(source: number, settlement: Settlement): boolean;
  /** Settles all parts that are still open. */
  abstract settleRest(settlement: (target: number) => Settlement): void;
}

class SingleCall extends PendingCall {
  readonly answer: Promise<unknown>;
  readonly #resolve: (value: unknown) => void;
  readonly #reject: (error: unknown) => void;

  constructor(id: number, call: Call, deadline: number) {
    super(id, call, deadline);
    const { promise, resolve, reject } = deferred<unknown>();
    this.answer = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  settle(_source: number, settlement: Settlement): boolean {
    if (settlement.ok) this.#resolve(settlement.value);
    else this.#reject(settlement.error);
    return true;
  }

  settleRest(settlement: (target: number) => Settlement): void {
    this.settle(this.call.target, settlement(this.call.target));
  }
}

/** A call to every cluster: ends when each has an entry. Entries are in id order, whatever came first. */
class FanOutCall extends PendingCall {
  /** By position in `#clusterIds`; a hole is a cluster whose answer is still to come. */
  readonly #results: (ClusterResult<unknown> | undefined)[];
  readonly #clusterIds: readonly number[];
  readonly #outcome = deferred<ResultCollection<unknown>>();
  #openCount: number;

  constructor(id: number, call: Call, deadline: number, clusterIds: readonly number[]) {
    super(id, call, deadline);
    this.#clusterIds = clusterIds;
    this.#openCount = clusterIds.length;
    this.#results = clusterIds.map(() => undefined);
  }

  get answer(): Promise<ResultCollection<unknown>> {
    return this.#outcome.promise;
  }

  settle(source: number, settlement: Settlement): boolean {
    // Ids count from 0 without gaps, so nearly always an id is its own position.
    const index = this.#clusterIds[source] === source ? source : this.#clusterIds.indexOf(source);
    if (index === -1 || this.#results[index] !== undefined) return false;
    this.#results[index] = toResult(source, settlement);
    this.#openCount -= 1;
    if (this.#openCount > 0) return false;
    this.#finish();
    return true;
  }

  settleRest(settlement: (target: number) => Settlement): void {
    for (const [index, id] of this.#clusterIds.entries())
      this.#results[index] ??= toResult(id, settlement(id));
    this.#openCount = 0;
    this.#finish();
  }

  #finish(): void {
    this.#outcome.resolve(new ResultCollection(this.#results.filter((result) => result !== undefined)));
  }
}

function toResult(clusterId: number, settlement: Settlement): ClusterResult<unknown> {
  return settlement.ok
    ? { clusterId, status: 'ok', data: settlement.value }
    : { clusterId, status: 'error', error: settlement.error };
}

export class PendingCalls {
  readonly #calls = new IdTable<PendingCall>();
  readonly #onAbandon: OnAbandon;
  readonly #deadlines = new DeadlineSweep((now) => this.#expireDue(now));

  constructor(onAbandon: OnAbandon) {
    this.#onAbandon = onAbandon;
  }

  get size(): number {
    return this.#calls.size;
  }

  /** Opens a call to one process. Send the request under `id`; return `answer` to the caller. */
  openSingle(call: Call): { readonly id: number; readonly answer: Promise<unknown> } {
    const pending = new SingleCall(this.#calls.freeId(), call, this.#deadlines.now() + call.timeoutMs);
    this.#open(pending);
    return pending;
  }

  /** Opens a call to all of `clusterIds` (at least one). */
  openFanOut(
    call: Call,
    clusterIds: readonly number[],
  ): { readonly id: number; readonly answer: Promise<ResultCollection<unknown>> } {
    const deadline = this.#deadlines.now() + call.timeoutMs;
    const pending = new FanOutCall(this.#calls.freeId(), call, deadline, clusterIds);
    this.#open(pending);
    return pending;
  }

  /** The call with this id; `undefined` when it has ended. */
  get(id: number): Call | undefined {
    return this.#calls.get(id)?.call;
  }

  /** The rest of an open call's timeout, in whole milliseconds from 1. */
  remainingMs(id: number): number {
    const deadline = this.#calls.get(id)?.deadline ?? 0;
    return Math.max(1, Math.ceil(deadline - this.#deadlines.now()));
  }

  /** Records that the request is sent to `source` a second time. Returns `false` when it was before. */
  markResent(id: number, source: number): boolean {
    const pending = this.#calls.get(id);
    if (pending === undefined || pending.resentTo?.includes(source) === true) return false;
    (pending.resentTo ??= []).push(source);
    return true;
  }

  /** Records whether the manager is holding the request to `target` back. */
  setQueued(id: number, target: number, isQueued: boolean): void {
    const pending = this.#calls.get(id);
    if (pending === undefined) return;
    const others = pending.queuedFor?.filter((each) => each !== target) ?? [];
    pending.queuedFor = isQueued ? [...others, target] : others;
  }

  /** Settles the call, or its part, that process `source` answered. Returns `false` when the call has ended before. */
  settle(id: number, source: number, settlement: Settlement): boolean {
    const pending = this.#calls.get(id);
    if (pending === undefined) return false;
    if (pending.settle(source, settlement)) this.#close(pending);
    return true;
  }

  /** Ends all calls: no answer can arrive any more. */
  failAll(error: (call: Call) => unknown): void {
    for (const pending of this.#calls.entries()) {
      this.#close(pending);
      pending.settleRest((target) => failed(error({ ...pending.call, target })));
    }
  }

  /** Ends one call early, as its signal does. */
  cancel(id: number, reason: unknown): void {
    this.#abandon(id, (call) => callError(call, 'CANCELLED', undefined, reason));
  }

  #open(pending: PendingCall): void {
    const { signal } = pending.call;
    if (signal !== undefined) {
      pending.onAbort = () => this.cancel(pending.id, signal.reason);
      signal.addEventListener('abort', pending.onAbort, { once: true });
    }
    this.#calls.add(pending);
    this.#deadlines.onOpen(pending.deadline, this.#calls.size === 1);
  }

  #expireDue(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const pending of this.#calls.entries()) {
      if (pending.deadline <= now) this.#expire(pending);
      else if (pending.deadline < next) next = pending.deadline;
    }
    return next;
  }

  #expire({ id, queuedFor }: PendingCall): void {
    this.#abandon(id, (call) =>
      queuedFor?.includes(call.target) === true
        ? callError(call, 'CLUSTER_UNAVAILABLE', notUpInTime(call))
        : callError(call, 'TIMEOUT'),
    );
  }

  #abandon(id: number, error: (call: Call) => unknown): void {
    const pending = this.#calls.get(id);
    if (pending === undefined) return;
    this.#close(pending);
    pending.settleRest((target) => failed(error({ ...pending.call, target })));
    this.#onAbandon(id);
  }

  #close(pending: PendingCall): void {
    this.#calls.delete(pending.id);
    if (this.#calls.size === 0) this.#deadlines.onIdle();
    if (pending.onAbort !== undefined) pending.call.signal?.removeEventListener('abort', pending.onAbort);
  }
}

function notUpInTime({ timeoutMs }: Call): string {
  return `did not come up within ${timeoutMs} ms; the call never ran`;
}
