/**
 * Manager stats: the snapshot of the whole bot that `manager.stats()` returns.
 */
import type { RpcStats } from '../ipc/rpc-stats.js';
import { memoryOfProcess } from '../process-memory.js';
import type { ProcessMemory } from '../process-memory.js';
import type { ClusterInfo } from './cluster-info.js';

/** A snapshot of the whole bot, as plain data: its clusters, and the calls and events that the manager routes. */
export interface ManagerStats extends RpcStats {
  /** The id of the manager's process. */
  readonly pid: number;
  /** Milliseconds since the manager was created. */
  readonly uptime: number;
  /** Current memory usage of the manager's process in bytes. */
  readonly memory: ProcessMemory;
  /** Number of shards of the bot; 0 while `'auto'` is not resolved yet. */
  readonly totalShards: number;
  /** Number of clusters of the bot; 0 while `'auto'` is not resolved yet. */
  readonly totalClusters: number;
  /** Snapshots of the clusters, in id order. */
  readonly clusters: readonly ClusterInfo[];
  /** The id of the cluster that runs each singleton job, by the name given to `cluster.runSingleton`. */
  readonly jobs: Readonly<Record<string, number>>;
  /** Calls that were given to a process since the start; a call to all clusters counts once for each. */
  readonly routedCalls: number;
  /**
   * Calls given to processes per second, since the last call of `stats()` that was at least a second ago; at first,
   * since the start.
   */
  readonly callsPerSecond: number;
  /** Calls in flight between processes: sent, and not answered yet. */
  readonly inFlight: number;
  /** Calls that wait for a cluster to come up. */
  readonly waitingCalls: number;
  /** Events that were lost since the start because their receiver did not read. */
  readonly droppedEvents: number;
  /**
   * Messages from clusters that the manager ignored since the start, as they belong to a later minor version of the
   * library's protocol: 0, unless clusters run with a newer library than the manager.
   */
  readonly ignoredFrames: number;
}

/** The counters of the router. */
export interface RouterCounts {
  readonly routedCalls: number;
  readonly inFlightCount: number;
  readonly waitingCount: number;
  readonly droppedEvents: number;
  readonly ignoredFrames: number;
}

/** The part of the stats that the manager provides. */
export type ClusterCounts = Pick<ManagerStats, 'clusters' | 'totalClusters' | 'totalShards' | 'jobs'>;

/** In a shorter time, in milliseconds, a rate depends more on chance than on load. */
const SHORTEST_RATE_MS = 1000;

export class StatsSampler {
  readonly #counts: RouterCounts;
  readonly #startedAt = performance.now();
  /** The sample that the next rate is counted from. */
  #sampledAt = this.#startedAt;
  #callsThen = 0;
  /** The rate at the last sample that was far enough from the one before. */
  #rate: number | undefined;

  constructor(counts: RouterCounts) {
    this.#counts = counts;
  }

  sample(own: RpcStats, bot: ClusterCounts): ManagerStats {
    const { routedCalls, inFlightCount, waitingCount, droppedEvents, ignoredFrames } = this.#counts;
    return {
      ...own,
      pid: process.pid,
      uptime: Math.round(performance.now() - this.#startedAt),
      memory: memoryOfProcess(),
      ...bot,
      routedCalls,
      callsPerSecond: this.#callsPerSecond(routedCalls),
      inFlight: inFlightCount,
      waitingCalls: waitingCount,
      droppedEvents,
      ignoredFrames,
    };
  }

  /** Several callers may sample, each at another interval: a sample soon after another has the same rate. */
  #callsPerSecond(routedCalls: number): number {
    const now = performance.now();
    const passedMs = now - this.#sampledAt;
    if (passedMs < SHORTEST_RATE_MS && this.#rate !== undefined) return this.#rate;
    const rate = passedMs === 0 ? 0 : ((routedCalls - this.#callsThen) / passedMs) * 1000;
    if (passedMs < SHORTEST_RATE_MS) return round(rate);
    this.#sampledAt = now;
    this.#callsThen = routedCalls;
    this.#rate = round(rate);
    return this.#rate;
  }
}

/** Rounds to one decimal. */
function round(rate: number): number {
  return Math.round(rate * 10) / 10;
}
