/**
 * Pending calls: who waits for which answer.
 *
 * One table and one exit. A call is opened before its frame leaves, and ends by the first of answer, deadline,
 * cancel and the end of the link; what comes later finds nothing and is dropped. It knows neither links nor
 * handlers.
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

/** Told when the caller stops waiting before all answers are in: whoever works on it need not go on. */
export type GiveUp = (correlation: number) => void;

abstract class PendingCall {
  readonly id: number;
  readonly call: Call;
  /** On the sweep's clock. */
  readonly deadline: number;
  /** For whom the manager said that the request waits: there it has not run. */
  heldFor: number[] | undefined;
  /** Who was asked again already. */
  askedAgain: number[] | undefined;
  onAbort: (() => void) | undefined;

  constructor(id: number, call: Call, deadline: number) {
    this.id = id;
    this.call = call;
    this.deadline = deadline;
  }

  /** Takes one answer. `true` when the call is over with it. */
  abstract take(source: number, settlement: Settlement): boolean;
  /** Ends all that is still open. */
  abstract takeRest(settlement: (target: number) => Settlement): void;
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

  take(_source: number, settlement: Settlement): boolean {
    if (settlement.ok) this.#resolve(settlement.value);
    else this.#reject(settlement.error);
    return true;
  }

  takeRest(settlement: (target: number) => Settlement): void {
    this.take(this.call.target, settlement(this.call.target));
  }
}

/** A call to every cluster: ends when each has an entry, in id order, whatever came first. */
class FanOutCall extends PendingCall {
  /** By position in `#clusterIds`; a hole is a cluster whose answer is still to come. */
  readonly #results: (ClusterResult<unknown> | undefined)[];
  readonly #clusterIds: readonly number[];
  readonly #end = deferred<ResultCollection<unknown>>();
  #open: number;

  constructor(id: number, call: Call, deadline: number, clusterIds: readonly number[]) {
    super(id, call, deadline);
    this.#clusterIds = clusterIds;
    this.#open = clusterIds.length;
    this.#results = clusterIds.map(() => undefined);
  }

  get answer(): Promise<ResultCollection<unknown>> {
    return this.#end.promise;
  }

  take(source: number, settlement: Settlement): boolean {
    // Ids count from 0 without gaps, so nearly always an id is its own position.
    const at = this.#clusterIds[source] === source ? source : this.#clusterIds.indexOf(source);
    if (at === -1 || this.#results[at] !== undefined) return false;
    this.#results[at] = toResult(source, settlement);
    this.#open -= 1;
    if (this.#open > 0) return false;
    this.#finish();
    return true;
  }

  takeRest(settlement: (target: number) => Settlement): void {
    for (const [at, id] of this.#clusterIds.entries()) this.#results[at] ??= toResult(id, settlement(id));
    this.#open = 0;
    this.#finish();
  }

  #finish(): void {
    this.#end.resolve(new ResultCollection(this.#results.filter((result) => result !== undefined)));
  }
}

function toResult(clusterId: number, settlement: Settlement): ClusterResult<unknown> {
  return settlement.ok
    ? { clusterId, status: 'ok', data: settlement.value }
    : { clusterId, status: 'error', error: settlement.error };
}

export class PendingCalls {
  readonly #calls = new IdTable<PendingCall>();
  readonly #giveUp: GiveUp;
  readonly #deadlines = new DeadlineSweep((now) => this.#endDue(now));

  constructor(giveUp: GiveUp) {
    this.#giveUp = giveUp;
  }

  get size(): number {
    return this.#calls.size;
  }

  /** Opens a call to one process. Send the request under `id`; hand `answer` to the caller. */
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

  /** What is known of an open call. */
  callOf(id: number): Call | undefined {
    return this.#calls.get(id)?.call;
  }

  /** What is left of an open call's time, in whole milliseconds from 1. */
  remainingMs(id: number): number {
    const deadline = this.#calls.get(id)?.deadline ?? 0;
    return Math.max(1, Math.ceil(deadline - this.#deadlines.now()));
  }

  /** `false`: process `source` was asked again before. */
  noteAskedAgain(id: number, source: number): boolean {
    const pending = this.#calls.get(id);
    if (pending === undefined || pending.askedAgain?.includes(source) === true) return false;
    (pending.askedAgain ??= []).push(source);
    return true;
  }

  /** The manager holds the request to `target` back, or lets it go. */
  hold(id: number, target: number, held: boolean): void {
    const pending = this.#calls.get(id);
    if (pending === undefined) return;
    const others = pending.heldFor?.filter((each) => each !== target) ?? [];
    pending.heldFor = held ? [...others, target] : others;
  }

  /** Takes an answer of process `source`. `false` when the call is over. */
  settle(id: number, source: number, settlement: Settlement): boolean {
    const pending = this.#calls.get(id);
    if (pending === undefined) return false;
    if (pending.take(source, settlement)) this.#close(pending);
    return true;
  }

  /** Ends all calls: there is no link any more over which an answer could come. */
  failAll(error: (call: Call) => unknown): void {
    for (const pending of this.#calls.entries()) {
      this.#close(pending);
      pending.takeRest((target) => failed(error({ ...pending.call, target })));
    }
  }

  /** Ends one call before its time, as its signal would. */
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
    this.#deadlines.opened(pending.deadline, this.#calls.size === 1);
  }

  #endDue(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const pending of this.#calls.entries()) {
      if (pending.deadline <= now) this.#expire(pending);
      else if (pending.deadline < next) next = pending.deadline;
    }
    return next;
  }

  #expire({ id, heldFor }: PendingCall): void {
    this.#abandon(id, (call) =>
      heldFor?.includes(call.target) === true
        ? callError(call, 'CLUSTER_UNAVAILABLE', notUpInTime(call))
        : callError(call, 'TIMEOUT'),
    );
  }

  #abandon(id: number, error: (call: Call) => unknown): void {
    const pending = this.#calls.get(id);
    if (pending === undefined) return;
    this.#close(pending);
    pending.takeRest((target) => failed(error({ ...pending.call, target })));
    this.#giveUp(id);
  }

  #close(pending: PendingCall): void {
    this.#calls.delete(pending.id);
    if (this.#calls.size === 0) this.#deadlines.idle();
    if (pending.onAbort !== undefined) pending.call.signal?.removeEventListener('abort', pending.onAbort);
  }
}

function notUpInTime({ timeoutMs }: Call): string {
  return `did not come up within ${timeoutMs} ms; the call never ran`;
}
