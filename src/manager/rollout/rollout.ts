/**
 * Rollout: planned changes of a running bot. One cluster is replaced, or one after the other, or all of them at once by
 * another plan.
 *
 * Decides which clusters are replaced and in which order; each replacement is a handover. Only one change runs at a time.
 */
import { setMaxListeners } from 'node:events';
import { checkedMs } from '../../async/checked-ms.js';
import type { Processes } from '../processes.js';
import { Handover, HandoverError } from './handover.js';
import { withAbort } from '../../async/with-abort.js';
import type { HandoverMode, HandoverPhase, HandoverReport, HandoverPlan } from './handover.js';
import type { SupervisedCluster } from '../../supervisor/supervised-cluster.js';
import { checkCount } from '../../discord/shard-math.js';

/** Options of `restart()`, `rollingRestart()` and `reshard()`: how processes are replaced. */
export interface HandoverOptions {
  /**
   * `'sequential'`: the new process loads beside the old one and connects to Discord after the old process has exited;
   * calls wait meanwhile, gateway events are missed. `'overlap'`: both are connected for a moment; no event is missed,
   * but a session start and the memory of a second process are needed while the old one still runs. Defaults to
   * `'sequential'`.
   */
  readonly handover?: HandoverMode | undefined;
  /** How long the new process must stay ready before it counts as healthy, in milliseconds. Defaults to 2000. */
  readonly settle?: number | undefined;
  /** Aborts the change. A handover that has not switched yet is rolled back: the old processes keep serving. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of `rollingRestart()`. */
export interface RollingRestartOptions extends HandoverOptions {
  /** How many clusters are replaced at the same time. Defaults to 1. */
  readonly concurrency?: number | undefined;
  /** The clusters to replace, in this order. Defaults to all, by id. */
  readonly clusterIds?: readonly number[] | undefined;
}

/** Options of `reshard()`. */
export interface ReshardOptions extends HandoverOptions {
  /** The new number of shards of the bot, or `'auto'` to ask Discord. */
  readonly totalShards: number | 'auto';
  /** The new number of clusters. Defaults to what the manager's options make of the number of shards. */
  readonly totalClusters?: number | undefined;
}

/** One step of a planned change, as the event `handover` reports it. */
export interface HandoverProgress {
  /** The clusters that are replaced; in a reshard, the new ones. */
  readonly clusterIds: readonly number[];
  /** How the processes are replaced. */
  readonly handover: HandoverMode;
  /** The step that has just been taken. */
  readonly phase: HandoverPhase;
}

/** The result of a planned change. */
export interface RolloutReport {
  /** The clusters that were replaced; in a reshard, the new ones. */
  readonly clusterIds: readonly number[];
  /**
   * The longest time in which no process handled the gateway's events, in milliseconds. `undefined` after
   * `'sequential'`, where it is as long as connecting takes.
   */
  readonly gapMs: number | undefined;
}

export interface RolloutDeps {
  readonly processes: Processes;
  readonly drainTimeoutMs: number;
  /** Runs `step` as soon as no frame that the manager itself has sent is on its way to the router. */
  readonly whenQuiet: (step: () => void) => Promise<void>;
  readonly onProgress: (progress: HandoverProgress, replacements: readonly SupervisedCluster[]) => void;
  readonly onFailed: (error: unknown, replacements: readonly SupervisedCluster[]) => void;
}

/** Which clusters are replaced by which; `promote` makes the replacements the active ones, at once. */
type ReplacementPlan = Omit<HandoverPlan, 'promote'> & { readonly promote: () => void };

export class Rollout {
  readonly #deps: RolloutDeps;
  readonly #shutdown = new AbortController();
  #isRunning = false;

  constructor(deps: RolloutDeps) {
    this.#deps = deps;
    // Each handover that runs adds a listener, and there may be many.
    setMaxListeners(0, this.#shutdown.signal);
  }

  /** Aborts the change that runs: what has not switched yet is rolled back. No other change can begin. */
  close(): void {
    this.#shutdown.abort(new Error('The manager is shutting down.'));
  }

  /** @throws Error when another change is running; HandoverError when it fails or is aborted. */
  async restart({ concurrency = 1, clusterIds, ...options }: RollingRestartOptions): Promise<RolloutReport> {
    checkCount('concurrency', concurrency);
    const { processes } = this.#deps;
    const ids = clusterIds ?? processes.clusters.map(({ id }) => id);
    for (const id of ids)
      if (processes.clusters[id] === undefined) throw new RangeError(`There is no cluster ${id}`);
    return this.#exclusively(() => this.#restartAll([...ids], concurrency, options));
  }

  /** @throws Error when another change is running; HandoverError when it fails or is aborted. */
  async reshard(
    totalShards: number,
    totalClusters: number,
    options: HandoverOptions,
  ): Promise<RolloutReport> {
    return this.#exclusively(async () => {
      const { processes } = this.#deps;
      const replacements = processes.addSet(totalShards, totalClusters, {
        standby: options.handover === 'overlap',
      });
      const plan = {
        old: processes.clusters,
        replacements,
        promote: () => processes.promoteSet(replacements),
      };
      const { gapMs } = await this.#handover(plan, options);
      return { clusterIds: replacements.map(({ id }) => id), gapMs };
    });
  }

  /** Each of `concurrency` workers takes the next cluster; after the first failure none takes another. */
  async #restartAll(ids: number[], concurrency: number, options: HandoverOptions): Promise<RolloutReport> {
    const gaps: number[] = [];
    const done: number[] = [];
    let hasFailed = false;
    const work = async (): Promise<void> => {
      for (let id = ids.shift(); id !== undefined && !hasFailed; id = ids.shift()) {
        try {
          const { gapMs } = await this.#replace(id, options);
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

  /** A cluster that is not ready has nothing to hand over: it is just restarted. */
  async #replace(id: number, options: HandoverOptions): Promise<HandoverReport> {
    const { processes } = this.#deps;
    const cluster = processes.clusters[id];
    if (cluster === undefined) throw new RangeError(`There is no cluster ${id}`);
    if (cluster.state !== 'ready') {
      await this.#restartUnready(cluster, this.#signalOf(options));
      return { gapMs: undefined };
    }
    const replacement = processes.addReplacement(id, { standby: options.handover === 'overlap' });
    const plan = {
      old: [cluster],
      replacements: [replacement],
      promote: () => processes.promote(replacement),
    };
    return this.#handover(plan, options);
  }

  /** An abort ends only the wait: the cluster stays supervised. */
  async #restartUnready(cluster: SupervisedCluster, signal: AbortSignal): Promise<void> {
    try {
      // While the manager shuts down, a cluster that is down already would be started after all.
      signal.throwIfAborted();
      await withAbort(cluster.restart(), signal);
    } catch (error) {
      throw new HandoverError(
        `Cluster ${cluster.id} could not be restarted: ${String(error)}`,
        [cluster.id],
        false,
        error,
      );
    }
  }

  async #handover(
    { old, replacements, promote }: ReplacementPlan,
    options: HandoverOptions,
  ): Promise<HandoverReport> {
    const { processes, drainTimeoutMs, whenQuiet, onProgress, onFailed } = this.#deps;
    const { handover: mode = 'sequential', settle = 2000 } = options;
    const clusterIds = replacements.map(({ id }) => id);
    const promoteWhenQuiet = (begin: () => void): Promise<void> =>
      whenQuiet(() => {
        begin();
        promote();
      });
    const plan: HandoverPlan = { old, replacements, promote: promoteWhenQuiet };
    const handover = new Handover(processes, plan, {
      mode,
      settleMs: checkedMs('settle', settle),
      drainTimeoutMs,
      signal: this.#signalOf(options),
      onProgress: (phase) => onProgress({ clusterIds, handover: mode, phase }, replacements),
    });
    try {
      return await handover.run();
    } catch (error) {
      onFailed(error, replacements);
      throw error;
    }
  }

  #signalOf({ signal }: HandoverOptions): AbortSignal {
    return signal === undefined ? this.#shutdown.signal : AbortSignal.any([signal, this.#shutdown.signal]);
  }

  async #exclusively<T>(change: () => Promise<T>): Promise<T> {
    if (this.#isRunning)
      throw new Error('A restart or reshard is already running: wait for it, or abort it with its signal.');
    this.#shutdown.signal.throwIfAborted();
    this.#isRunning = true;
    try {
      return await change();
    } finally {
      this.#isRunning = false;
    }
  }
}
