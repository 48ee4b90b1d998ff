/**
 * Rollout: planned changes of a running bot. One cluster is replaced, or one after the other, or all for another plan.
 *
 * Decides who makes way for whom and in which order; each step is a handover. One change at a time.
 */
import { setMaxListeners } from 'node:events';
import { checkedMs } from '../../async/checked-ms.js';
import type { Processes } from '../processes.js';
import { Handover, HandoverError } from './handover.js';
import { withAbort } from '../../async/with-abort.js';
import type { HandoverMode, HandoverPhase, HandoverReport, HandoverPlan } from './handover.js';
import type { SupervisedCluster } from '../../supervisor/supervised-cluster.js';
import { checkCount } from '../../discord/shard-math.js';

/** How processes are replaced. */
export interface HandoverOptions {
  /**
   * `'sequential'`: the new process loads beside the old one and connects to Discord when that one has left; calls
   * wait meanwhile, gateway events are missed. `'overlap'`: both are connected for a moment; nothing is missed, but
   * a session start and the memory of a second process are needed while the old one still runs. Defaults to
   * `'sequential'`.
   */
  readonly handover?: HandoverMode | undefined;
  /** How long the new process must stay ready before it counts as healthy, in milliseconds. Defaults to 2000. */
  readonly settle?: number | undefined;
  /** Aborts it. What has not switched yet is rolled back: the old processes serve on. */
  readonly signal?: AbortSignal | undefined;
}

export interface RollingRestartOptions extends HandoverOptions {
  /** How many clusters are replaced at the same time. Defaults to 1. */
  readonly concurrency?: number | undefined;
  /** Which clusters, in this order. Defaults to all. */
  readonly clusterIds?: readonly number[] | undefined;
}

export interface ReshardOptions extends HandoverOptions {
  /** All shards of the bot from now on, or `'auto'` to ask Discord. */
  readonly totalShards: number | 'auto';
  /** How many processes from now on. Defaults to what the manager's options make of the number of shards. */
  readonly totalClusters?: number | undefined;
}

/** One step of a planned change. */
export interface HandoverProgress {
  /** Who is replaced; in a reshard, who is new. */
  readonly clusterIds: readonly number[];
  readonly handover: HandoverMode;
  readonly phase: HandoverPhase;
}

/** What a planned change has done. */
export interface RolloutReport {
  readonly clusterIds: readonly number[];
  /**
   * The longest time in which no process handled the gateway's events, in milliseconds. `undefined` after
   * `'sequential'`, where it is as long as connecting takes.
   */
  readonly gapMs: number | undefined;
}

export interface RolloutDeps {
  readonly fleet: Processes;
  readonly drainTimeoutMs: number;
  /** Does it as soon as nothing that the manager itself has sent is on its way to the router. */
  readonly whenQuiet: (step: () => void) => Promise<void>;
  /** `next`: those who take over. */
  readonly progress: (progress: HandoverProgress, next: readonly SupervisedCluster[]) => void;
  readonly failed: (error: unknown, next: readonly SupervisedCluster[]) => void;
}

export class Rollout {
  readonly #parts: RolloutDeps;
  readonly #ending = new AbortController();
  #isRunning = false;

  constructor(parts: RolloutDeps) {
    this.#parts = parts;
    // One listener for each handover that runs, and they may be many.
    setMaxListeners(0, this.#ending.signal);
  }

  /** Whatever runs is rolled back or left; nothing new begins. */
  close(): void {
    this.#ending.abort(new Error('The manager is shutting down.'));
  }

  /** @throws Error when another change is running; HandoverError when it fails or is aborted. */
  async restart({ concurrency = 1, clusterIds, ...choice }: RollingRestartOptions): Promise<RolloutReport> {
    checkCount('concurrency', concurrency);
    const { fleet } = this.#parts;
    const ids = clusterIds ?? fleet.clusters.map(({ id }) => id);
    for (const id of ids)
      if (fleet.clusters[id] === undefined) throw new RangeError(`There is no cluster ${id}`);
    return this.#alone(() => this.#restartAll([...ids], concurrency, choice));
  }

  /** @throws Error when another change is running; HandoverError when it fails or is aborted. */
  async reshard(totalShards: number, totalClusters: number, choice: HandoverOptions): Promise<RolloutReport> {
    return this.#alone(async () => {
      const { fleet } = this.#parts;
      const next = fleet.addSet(totalShards, totalClusters, { standby: choice.handover === 'overlap' });
      const succession = { old: fleet.clusters, next, promote: () => fleet.promoteSet(next) };
      const { gapMs } = await this.#handover(succession, choice);
      return { clusterIds: next.map(({ id }) => id), gapMs };
    });
  }

  /** Each of so many workers takes the next cluster; the first failure keeps all from taking another. */
  async #restartAll(ids: number[], concurrency: number, choice: HandoverOptions): Promise<RolloutReport> {
    const gaps: number[] = [];
    const done: number[] = [];
    let hasFailed = false;
    const work = async (): Promise<void> => {
      for (let id = ids.shift(); id !== undefined && !hasFailed; id = ids.shift()) {
        try {
          const { gapMs } = await this.#replace(id, choice);
          done.push(id);
          if (gapMs !== undefined) gaps.push(gapMs);
        } catch (error) {
          hasFailed = true;
          throw error;
        }
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: concurrency }, work));
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    return { clusterIds: done, gapMs: gaps.length === 0 ? undefined : Math.max(...gaps) };
  }

  /** One that has nothing to hand over is just started again. */
  async #replace(id: number, choice: HandoverOptions): Promise<HandoverReport> {
    const { fleet } = this.#parts;
    const cluster = fleet.clusters[id];
    if (cluster === undefined) throw new RangeError(`There is no cluster ${id}`);
    if (cluster.state !== 'ready') {
      await this.#startAgain(cluster, this.#signalOf(choice));
      return { gapMs: undefined };
    }
    const next = fleet.addSuccessor(id, { standby: choice.handover === 'overlap' });
    const succession = { old: [cluster], next: [next], promote: () => fleet.promote(next) };
    return this.#handover(succession, choice);
  }

  /** An abort ends the wait: it is supervised on. */
  async #startAgain(cluster: SupervisedCluster, signal: AbortSignal): Promise<void> {
    try {
      // As the manager shuts down, one that is down already would be started after all.
      signal.throwIfAborted();
      await withAbort(cluster.restart(), signal);
    } catch (error) {
      throw new HandoverError(
        `Cluster ${cluster.id} could not be started again: ${String(error)}`,
        [cluster.id],
        false,
        error,
      );
    }
  }

  async #handover(
    { old, next, promote }: Omit<HandoverPlan, 'promote'> & { readonly promote: () => void },
    choice: HandoverOptions,
  ): Promise<HandoverReport> {
    const { fleet, drainTimeoutMs, whenQuiet, progress, failed } = this.#parts;
    const { handover: mode = 'sequential', settle = 2000 } = choice;
    const clusterIds = next.map(({ id }) => id);
    const succession: HandoverPlan = {
      old,
      next,
      promote: (begin) =>
        whenQuiet(() => {
          begin();
          promote();
        }),
    };
    const handover = new Handover(fleet, succession, {
      mode,
      settleMs: checkedMs('settle', settle),
      drainTimeoutMs,
      signal: this.#signalOf(choice),
      progress: (phase) => progress({ clusterIds, handover: mode, phase }, next),
    });
    try {
      return await handover.run();
    } catch (error) {
      failed(error, next);
      throw error;
    }
  }

  #signalOf({ signal }: HandoverOptions): AbortSignal {
    return signal === undefined ? this.#ending.signal : AbortSignal.any([signal, this.#ending.signal]);
  }

  async #alone<T>(change: () => Promise<T>): Promise<T> {
    if (this.#isRunning)
      throw new Error('A restart or reshard is running already: wait for it, or abort it with its signal.');
    this.#ending.signal.throwIfAborted();
    this.#isRunning = true;
    try {
      return await change();
    } finally {
      this.#isRunning = false;
    }
  }
}
