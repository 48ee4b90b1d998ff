/**
 * Handover: one set of processes replaces another, and callers do not notice.
 *
 * The same steps serve one cluster (restart, rolling restart) and a whole bot (reshard). Until the switch nothing has
 * changed for callers, so a failure before it is rolled back by ending the new processes; after it the new processes
 * are supervised as any other.
 *
 * Sequential: the new processes load and log in but may not identify; switch; the old processes finish the calls in
 * flight and end; the new processes identify. Calls wait meanwhile. One gateway session per shard at any time.
 *
 * Overlap: the new processes come up beside the old ones, but their listeners get no events; the old processes stop
 * handling events and the new ones begin in one step; the old processes finish the calls in flight and end. The steps
 * that a process is sent: `record` (remember which events are handled), `buffer` (keep events, handle none), `quiet`
 * (handle no more events, report the handled ones), `open` (handle the buffered events that were not handled before,
 * and all from now on), `resume` (the handover was rolled back: forget the records and go on).
 */
import { deferred } from '../../async/deferred.js';
import { sleep } from '../../async/sleep.js';
import type { HandoverDone } from '../../wire/control/to-manager.js';
import type { HandoverStep } from '../../wire/control/to-cluster.js';
import type { Processes } from '../processes.js';
import type { ClusterState } from '../../supervisor/state-machine.js';
import { withAbort } from '../../async/with-abort.js';
import type { SupervisedCluster } from '../../supervisor/supervised-cluster.js';

/** How processes are replaced; see `HandoverOptions.handover`. */
export type HandoverMode = 'sequential' | 'overlap';

/** How far a handover has come. */
export type HandoverPhase = 'starting' | 'loaded' | 'ready' | 'switched' | 'retired' | 'done';

/** Which clusters are replaced by which. */
export interface HandoverPlan {
  readonly old: readonly SupervisedCluster[];
  readonly replacements: readonly SupervisedCluster[];
  /**
   * Replaces the old clusters, in one step, as soon as no frame of the manager is on its way to them. `begin` is
   * called first in that step, and may throw: then nothing is changed.
   */
  readonly promote: (begin: () => void) => Promise<void>;
}

export interface HandoverSettings {
  readonly mode: HandoverMode;
  /** How long the new processes must stay ready before they count as healthy, in milliseconds. */
  readonly settleMs: number;
  /** How long calls in flight to the old processes may take, in milliseconds. */
  readonly drainTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (phase: HandoverPhase) => void;
}

export interface HandoverReport {
  /** How long no process handled the gateway's events, in milliseconds. Only `overlap` measures it. */
  readonly gapMs: number | undefined;
}

/** Rejects a restart or reshard whose handover failed or was aborted. */
export class HandoverError extends Error {
  /** The clusters that were to be replaced. */
  readonly clusterIds: readonly number[];
  /** Whether the old processes keep serving as if nothing had happened. */
  readonly rolledBack: boolean;

  constructor(message: string, clusterIds: readonly number[], rolledBack: boolean, cause: unknown) {
    super(message, { cause });
    this.clusterIds = clusterIds;
    this.rolledBack = rolledBack;
  }
}

/** How far apart two processes may receive the same gateway event, in milliseconds. */
const SKEW_MS = 300;
/** How long a process may take to answer a step, which takes no time by itself, in milliseconds. */
const STEP_TIMEOUT_MS = 5000;
const IDLE_CHECK_MS = 10;
/** A replacement in any other state is ending, or has ended. */
const PROMOTABLE: ReadonlySet<ClusterState> = new Set(['starting', 'up', 'ready']);

export type HandoverDeps = Pick<
  Processes,
  'watch' | 'send' | 'holdIdentifies' | 'releaseIdentifies' | 'hasNoWork' | 'forget'
>;

export class Handover {
  readonly #processes: HandoverDeps;
  readonly #plan: HandoverPlan;
  readonly #settings: HandoverSettings;
  /** Rejects when a new process dies, whether or not it is respawned. */
  readonly #replacementDied = deferred<never>();
  #hasSwitched = false;

  constructor(processes: HandoverDeps, plan: HandoverPlan, settings: HandoverSettings) {
    this.#processes = processes;
    this.#plan = plan;
    this.#settings = settings;
    this.#replacementDied.promise.catch(() => {});
  }

  /** @throws HandoverError when it failed or was aborted. */
  async run(): Promise<HandoverReport> {
    try {
      this.#settings.signal.throwIfAborted();
      return this.#settings.mode === 'overlap' ? await this.#overlap() : await this.#sequential();
    } catch (error) {
      if (!this.#hasSwitched)
        await Promise.all(this.#plan.replacements.map((cluster) => this.#discard(cluster)));
      throw this.#failure(error);
    }
  }

  #failure(cause: unknown): HandoverError {
    const { old, replacements } = this.#plan;
    const ids = (old.length > 0 ? old : replacements).map(({ id }) => id);
    const what = ids.length === 1 ? `cluster ${ids[0]}` : `clusters ${ids.join(', ')}`;
    const after = this.#hasSwitched ? 'the new processes stay' : 'the old processes keep serving';
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `The handover of ${what} failed; ${after}: ${why}`;
    return new HandoverError(message, ids, !this.#hasSwitched, cause);
  }

  async #sequential(): Promise<HandoverReport> {
    const { replacements } = this.#plan;
    for (const cluster of replacements) this.#processes.holdIdentifies(cluster);
    const { starts, loaded } = this.#start();
    await this.#unlessAborted(loaded);
    this.#settings.onProgress('loaded');
    await this.#switch();
    await this.#retire();
    for (const cluster of replacements) this.#processes.releaseIdentifies(cluster);
    await starts;
    this.#settings.onProgress('ready');
    await this.#settle();
    this.#settings.onProgress('done');
    return { gapMs: undefined };
  }

  async #overlap(): Promise<HandoverReport> {
    await this.#unlessAborted(this.#start().starts);
    this.#settings.onProgress('ready');
    await this.#settle();
    let gapMs: number | undefined;
    try {
      gapMs = await this.#switchEvents();
    } finally {
      // Whatever became of the new processes: the old ones get no calls any more, and handle no events.
      if (this.#hasSwitched) await this.#retire();
    }
    this.#settings.onProgress('done');
    return { gapMs };
  }

  /** Starts the new processes. `loaded`: each has asked to identify, or is ready without identifying. */
  #start(): { readonly starts: Promise<unknown>; readonly loaded: Promise<unknown> } {
    this.#settings.onProgress('starting');
    const { replacements } = this.#plan;
    const loads = replacements.map((cluster) => {
      const load = deferred();
      this.#processes.watch(cluster, { onLoaded: load.resolve, onDied: this.#replacementDied.reject });
      return load.promise;
    });
    const starts = Promise.race([
      Promise.all(replacements.map((cluster) => cluster.start())),
      this.#replacementDied.promise,
    ]);
    const loaded = Promise.race([Promise.all(loads), starts]);
    // Only one of the two is awaited.
    for (const promise of [starts, loaded]) promise.catch(() => {});
    return { starts, loaded };
  }

  async #switch(): Promise<void> {
    await this.#plan.promote(() => {
      this.#settings.signal.throwIfAborted();
      const exited = this.#plan.replacements.find(({ state }) => !PROMOTABLE.has(state));
      if (exited !== undefined) throw new Error(`Cluster ${exited.id} exited before the switch.`);
      this.#hasSwitched = true;
    });
    this.#settings.onProgress('switched');
  }

  /** Waits: the new processes must stay ready for a while. */
  async #settle(): Promise<void> {
    const settling = new AbortController();
    const settled = sleep(this.#settings.settleMs, settling.signal);
    try {
      await this.#unlessAborted(Promise.race([settled, this.#replacementDied.promise]));
    } finally {
      // The timer of a handover that has failed must not keep the manager's process running.
      settling.abort();
    }
    const exited = this.#plan.replacements.find(({ state }) => state !== 'ready');
    if (exited !== undefined) throw new Error(`Cluster ${exited.id} did not stay ready.`);
  }

  /**
   * For as long as two processes may be apart in the events they receive, the old processes record what they handle
   * and the new ones buffer. Then the old processes fall quiet and report their records, and the new ones handle the
   * events that are not among them.
   */
  async #switchEvents(): Promise<number | undefined> {
    await this.#stopEnding();
    const { replacements } = this.#plan;
    const old = this.#plan.old.filter(({ state }) => state === 'ready');
    const generations = old.map(({ generation }) => generation);
    try {
      await Promise.all([
        ...old.map((cluster) => this.#runStep(cluster, { step: 'record' })),
        ...replacements.map((cluster) => this.#runStep(cluster, { step: 'buffer' })),
      ]);
      await this.#unlessAborted(sleep(2 * SKEW_MS));
      const restarted = old.find(({ generation }, at) => generation !== generations[at]);
      // The records of a process die with it, and the next process of that cluster handles events already.
      if (restarted !== undefined)
        throw new Error(`Cluster ${restarted.id} died during the handover and was restarted.`);
      const quiet = await Promise.all(old.map((cluster) => this.#runStep(cluster, { step: 'quiet' })));
      if (!this.#hasSwitched) await this.#switch();
      const opened = await this.#open(quiet.flatMap((done) => done.handled));
      return gapBetween(quiet, opened);
    } catch (error) {
      // The processes that stay must not keep dropping events; their answers change nothing.
      if (this.#hasSwitched) await this.#open([]).catch(() => {});
      else for (const cluster of old) this.#sendStep(cluster, { step: 'resume' });
      throw error;
    }
  }

  #open(handled: readonly string[]): Promise<HandoverDone[]> {
    const open: HandoverStep = { step: 'open', handled, marginMs: SKEW_MS };
    // A replacement that has died since the switch is respawned, and handles events from its start.
    const listening = this.#plan.replacements.filter(({ state }) => state === 'ready');
    return Promise.all(listening.map((cluster) => this.#runStep(cluster, open)));
  }

  /**
   * Waits for the end of old processes that are ending already. Such a process may still handle events, and cannot be
   * relied on to report which: it must be gone before the new processes handle any, so that events may be missed, as
   * with any death, but none is handled twice.
   */
  async #stopEnding(): Promise<void> {
    const ending = this.#plan.old.filter(({ state }) => state !== 'ready');
    if (ending.length === 0) return;
    await this.#switch();
    await Promise.all(ending.map((cluster) => cluster.stop()));
  }

  async #runStep(cluster: SupervisedCluster, step: HandoverStep): Promise<HandoverDone> {
    const answer = deferred<HandoverDone>();
    this.#processes.watch(cluster, {
      onDied: answer.reject,
      onHandoverDone: (done) => {
        if (done.step === step.step) answer.resolve(done);
      },
    });
    this.#sendStep(cluster, step);
    const answered = new AbortController();
    const deadline = sleep(STEP_TIMEOUT_MS, answered.signal).then(() => {
      throw new Error(`Cluster ${cluster.id} did not answer within ${STEP_TIMEOUT_MS} ms.`);
    });
    deadline.catch(() => {});
    try {
      return await Promise.race([answer.promise, deadline]);
    } finally {
      answered.abort();
    }
  }

  #sendStep(cluster: SupervisedCluster, step: HandoverStep): void {
    this.#processes.send(cluster, { kind: 'handover', ...step });
  }

  /** All old processes finish their calls in flight before the first of them ends: they may call each other. */
  async #retire(): Promise<void> {
    const { old } = this.#plan;
    const giveUpAt = performance.now() + this.#settings.drainTimeoutMs;
    while (performance.now() < giveUpAt && !old.every((cluster) => this.#processes.hasNoWork(cluster)))
      await sleep(IDLE_CHECK_MS);
    await Promise.all(old.map((cluster) => this.#discard(cluster)));
    this.#settings.onProgress('retired');
  }

  async #discard(cluster: SupervisedCluster): Promise<void> {
    await cluster.stop();
    this.#processes.forget(cluster);
  }

  /** An abort ends the wait before the switch; after it there is no way back. */
  async #unlessAborted<T>(work: Promise<T>): Promise<T> {
    return this.#hasSwitched ? work : withAbort(work, this.#settings.signal);
  }
}

/** From the first process that fell quiet to the last that opened. */
function gapBetween(quiet: readonly HandoverDone[], opened: readonly HandoverDone[]): number | undefined {
  if (quiet.length === 0) return undefined;
  const from = Math.min(...quiet.map(({ at }) => at));
  const to = Math.max(...opened.map(({ at }) => at));
  return Math.max(0, to - from);
}
