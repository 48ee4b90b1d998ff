/**
 * Handover: one set of processes makes way for another, and nobody who calls them notices.
 *
 * The same steps serve one cluster (respawn, rolling restart) and a whole bot (reshard). Until the switch nothing has
 * changed for anyone, so whatever fails before it is rolled back by ending the new processes; after it the new ones
 * are supervised as any other.
 *
 * Sequential: the new processes load and log in but may not identify; switch; the old ones finish what is in flight
 * and end; the new ones identify. Calls wait meanwhile. One gateway session per shard at any time.
 *
 * Overlap: the new processes come up beside the old ones, deaf; the old ones fall quiet and the new ones begin to
 * listen in one step; the old ones finish what is in flight and end.
 */
import { deferred } from '../../async/deferred.js';
import { sleep } from '../../async/sleep.js';
import type { HandoverDone, HandoverStep } from '../../wire/control.js';
import { Kind } from '../../wire/frame.js';
import type { Processes } from '../processes.js';
import type { ClusterState } from '../../supervisor/state-machine.js';
import { withAbort } from '../../async/with-abort.js';
import type { SupervisedCluster } from '../../supervisor/supervised-cluster.js';

export type HandoverMode = 'sequential' | 'overlap';

/** What has been done, as it is done. */
export type HandoverPhase = 'starting' | 'loaded' | 'ready' | 'switched' | 'retired' | 'done';

/** Who makes way for whom. */
export interface HandoverPlan {
  readonly old: readonly SupervisedCluster[];
  readonly next: readonly SupervisedCluster[];
  /**
   * Puts the next in the place of the old, in one step, as soon as nothing is half-way between the two. `begin` is
   * called first in that step, and may throw: then nothing is changed.
   */
  readonly promote: (begin: () => void) => Promise<void>;
}

export interface HandoverSettings {
  readonly mode: HandoverMode;
  /** How long the new processes must stay ready before it counts, in milliseconds. */
  readonly settleMs: number;
  /** How long calls in flight to the old processes may take, in milliseconds. */
  readonly drainTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly progress: (phase: HandoverPhase) => void;
}

export interface HandoverReport {
  /** How long no process handled the gateway's events, in milliseconds. Only `overlap` measures it. */
  readonly gapMs: number | undefined;
}

/** A handover that did not come to its end. */
export class HandoverError extends Error {
  /** The clusters that were to be replaced. */
  readonly clusterIds: readonly number[];
  /** Whether the old processes serve on as if nothing had happened. */
  readonly rolledBack: boolean;

  constructor(message: string, clusterIds: readonly number[], rolledBack: boolean, cause: unknown) {
    super(message, { cause });
    this.clusterIds = clusterIds;
    this.rolledBack = rolledBack;
  }
}

/** How far apart two processes may hear of the same event of the gateway, in milliseconds. */
const SKEW_MS = 300;
/** How long a process may take for a step that takes it no time, in milliseconds. */
const STEP_TIMEOUT_MS = 5000;
const IDLE_CHECK_MS = 10;
/** Of one that is ending, nothing would be left to be called. */
const PROMOTABLE: ReadonlySet<ClusterState> = new Set(['starting', 'up', 'ready']);

/** What a handover needs of the fleet. */
export type HandoverDeps = Pick<
  Processes,
  'watch' | 'tell' | 'holdIdentifies' | 'releaseIdentifies' | 'hasNoCalls' | 'forget'
>;

export class Handover {
  readonly #fleet: HandoverDeps;
  readonly #succession: HandoverPlan;
  readonly #options: HandoverSettings;
  /** Rejects when a new process dies, whether or not another will follow it. */
  readonly #lost = deferred<never>();
  #hasSwitched = false;

  constructor(fleet: HandoverDeps, succession: HandoverPlan, options: HandoverSettings) {
    this.#fleet = fleet;
    this.#succession = succession;
    this.#options = options;
    this.#lost.promise.catch(() => {});
  }

  /** @throws HandoverError when it failed or was aborted. */
  async run(): Promise<HandoverReport> {
    try {
      this.#options.signal.throwIfAborted();
      return this.#options.mode === 'overlap' ? await this.#overlap() : await this.#sequential();
    } catch (error) {
      const { old, next } = this.#succession;
      if (!this.#hasSwitched) await Promise.all(next.map((cluster) => this.#discard(cluster)));
      const ids = (old.length > 0 ? old : next).map(({ id }) => id);
      const what = ids.length === 1 ? `cluster ${ids[0]}` : `clusters ${ids.join(', ')}`;
      const after = this.#hasSwitched ? 'the new processes are supervised on' : 'the old processes serve on';
      const why = error instanceof Error ? error.message : String(error);
      throw new HandoverError(
        `The handover of ${what} has failed; ${after}: ${why}`,
        ids,
        !this.#hasSwitched,
        error,
      );
    }
  }

  async #sequential(): Promise<HandoverReport> {
    const { next } = this.#succession;
    for (const cluster of next) this.#fleet.holdIdentifies(cluster);
    const { starts, loaded } = this.#start();
    await this.#orAborted(loaded);
    this.#options.progress('loaded');
    await this.#switch();
    await this.#retire();
    for (const cluster of next) this.#fleet.releaseIdentifies(cluster);
    await starts;
    this.#options.progress('ready');
    await this.#settle();
    this.#options.progress('done');
    return { gapMs: undefined };
  }

  async #overlap(): Promise<HandoverReport> {
    await this.#orAborted(this.#start().starts);
    this.#options.progress('ready');
    await this.#settle();
    let gapMs: number | undefined;
    try {
      gapMs = await this.#switchEvents();
    } finally {
      // Whatever became of the new ones: nobody calls the old ones any more, and they handle nothing.
      if (this.#hasSwitched) await this.#retire();
    }
    this.#options.progress('done');
    return { gapMs };
  }

  /** Starts the new processes. `loaded`: each has asked to identify, or is ready without. */
  #start(): { readonly starts: Promise<unknown>; readonly loaded: Promise<unknown> } {
    this.#options.progress('starting');
    const { next } = this.#succession;
    const loads = next.map((cluster) => {
      const load = deferred();
      this.#fleet.watch(cluster, { loaded: load.resolve, died: this.#lost.reject });
      return load.promise;
    });
    const starts = Promise.race([Promise.all(next.map((cluster) => cluster.start())), this.#lost.promise]);
    const loaded = Promise.race([Promise.all(loads), starts]);
    // Only one of the two is waited for.
    for (const unheard of [starts, loaded]) unheard.catch(() => {});
    return { starts, loaded };
  }

  async #switch(): Promise<void> {
    await this.#succession.promote(() => {
      this.#options.signal.throwIfAborted();
      const lost = this.#succession.next.find(({ state }) => !PROMOTABLE.has(state));
      if (lost !== undefined) throw new Error(`Cluster ${lost.id} was there, and is not any more.`);
      this.#hasSwitched = true;
    });
    this.#options.progress('switched');
  }

  /** The new processes must stay what they are for a while. */
  async #settle(): Promise<void> {
    const over = new AbortController();
    const settled = sleep(this.#options.settleMs, over.signal);
    try {
      await this.#orAborted(Promise.race([settled, this.#lost.promise]));
    } finally {
      // A timer of what has failed must not keep the manager's process.
      over.abort();
    }
    const lost = this.#succession.next.find(({ state }) => state !== 'ready');
    if (lost !== undefined) throw new Error(`Cluster ${lost.id} was ready, and is not any more.`);
  }

  /**
   * Both know what the old ones have handled for as long as two processes may be apart in what they hear; then the
   * old fall quiet, say what it was, and the new handle what is not among it.
   */
  async #switchEvents(): Promise<number | undefined> {
    await this.#endLeaving();
    const { next } = this.#succession;
    const old = this.#succession.old.filter(({ state }) => state === 'ready');
    const recording = old.map(({ pid }) => pid);
    try {
      await Promise.all([
        ...old.map((cluster) => this.#step(cluster, { step: 'record' })),
        ...next.map((cluster) => this.#step(cluster, { step: 'buffer' })),
      ]);
      await this.#orAborted(sleep(2 * SKEW_MS));
      const anew = old.find(({ pid }, at) => pid !== recording[at]);
      // What its last process handled nobody can say any more, and its new one is serving already.
      if (anew !== undefined) throw new Error(`Cluster ${anew.id} died meanwhile, and was started again.`);
      const quiet = await Promise.all(old.map((cluster) => this.#step(cluster, { step: 'quiet' })));
      if (!this.#hasSwitched) await this.#switch();
      const opened = await this.#open(quiet.flatMap((done) => done.handled));
      return gapBetween(quiet, opened);
    } catch (error) {
      // Those that are there must not stay deaf; what they say to it changes nothing.
      if (this.#hasSwitched) await this.#open([]).catch(() => {});
      else for (const cluster of old) this.#send(cluster, { step: 'resume' });
      throw error;
    }
  }

  #open(handled: readonly string[]): Promise<HandoverDone[]> {
    const open: HandoverStep = { step: 'open', handled, marginMs: SKEW_MS };
    // One that has died since the switch comes back by itself, and listens from its start.
    const standing = this.#succession.next.filter(({ state }) => state === 'ready');
    return Promise.all(standing.map((cluster) => this.#step(cluster, open)));
  }

  /**
   * An old process that is just ending may still handle events, and can not be relied on to say which: it is gone
   * before the new ones listen, so that events may be missed, as with any death, but none is handled twice.
   */
  async #endLeaving(): Promise<void> {
    const leaving = this.#succession.old.filter(({ state }) => state !== 'ready');
    if (leaving.length === 0) return;
    await this.#switch();
    await Promise.all(leaving.map((cluster) => cluster.stop()));
  }

  async #step(cluster: SupervisedCluster, step: HandoverStep): Promise<HandoverDone> {
    const answer = deferred<HandoverDone>();
    this.#fleet.watch(cluster, {
      died: answer.reject,
      handoverDone: (done) => {
        if (done.step === step.step) answer.resolve(done);
      },
    });
    this.#send(cluster, step);
    const tooLate = new AbortController();
    const deadline = sleep(STEP_TIMEOUT_MS, tooLate.signal).then(() => {
      throw new Error(`Cluster ${cluster.id} did not answer within ${STEP_TIMEOUT_MS} ms.`);
    });
    deadline.catch(() => {});
    try {
      return await Promise.race([answer.promise, deadline]);
    } finally {
      tooLate.abort();
    }
  }

  #send(cluster: SupervisedCluster, step: HandoverStep): void {
    this.#fleet.tell(cluster, Kind.handover, step);
  }

  /** The old processes finish what is in flight, all of them before the first of them ends: they may call each other. */
  async #retire(): Promise<void> {
    const { old } = this.#succession;
    const giveUpAt = performance.now() + this.#options.drainTimeoutMs;
    while (performance.now() < giveUpAt && !old.every((cluster) => this.#fleet.hasNoCalls(cluster)))
      await sleep(IDLE_CHECK_MS);
    await Promise.all(old.map((cluster) => this.#discard(cluster)));
    this.#options.progress('retired');
  }

  async #discard(cluster: SupervisedCluster): Promise<void> {
    await cluster.stop();
    this.#fleet.forget(cluster);
  }

  /** Before the switch there is a way back, so nobody has to wait for what is not wanted any more. */
  async #orAborted<T>(work: Promise<T>): Promise<T> {
    return this.#hasSwitched ? work : withAbort(work, this.#options.signal);
  }
}

/** From the first that fell quiet to the last that listens. */
function gapBetween(quiet: readonly HandoverDone[], opened: readonly HandoverDone[]): number | undefined {
  if (quiet.length === 0) return undefined;
  const from = Math.min(...quiet.map(({ at }) => at));
  const to = Math.max(...opened.map(({ at }) => at));
  return Math.max(0, to - from);
}
