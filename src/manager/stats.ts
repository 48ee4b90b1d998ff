/**
 * Manager stats: what `manager.stats()` shows of the whole bot. Plain data, a copy of a moment.
 */
import type { RpcStats } from '../ipc/rpc-stats.js';
import { memoryOfProcess } from '../process-memory.js';
import type { ProcessMemory } from '../process-memory.js';
import type { ClusterInfo } from './cluster-info.js';

/** The bot in numbers: its clusters, and the calls and events that the manager carries for them. */
export interface ManagerStats extends RpcStats {
  /** Of the manager's process. */
  readonly pid: number;
  /** Milliseconds since the manager was made. */
  readonly uptime: number;
  /** Bytes of the manager's process at this moment. */
  readonly memory: ProcessMemory;
  readonly totalShards: number;
  readonly totalClusters: number;
  /** The clusters as they are now, in id order. */
  readonly clusters: readonly ClusterInfo[];
  /** Which cluster does which of the work given to `cluster.runSingleton`, by the work's name. */
  readonly jobs: Readonly<Record<string, number>>;
  /** Calls that were given to a process since the start; a call to all clusters counts once for each. */
  readonly routedCalls: number;
  /**
   * Calls given to processes per second, between this look and the last one that was at least a second before; at
   * first, since the start.
   */
  readonly callsPerSecond: number;
  /** Calls on their way between processes, or worked on. */
  readonly inFlight: number;
  /** Calls that wait for a cluster to come up. */
  readonly waitingCalls: number;
  /** Events that were lost because their receiver did not read, since the start. */
  readonly droppedEvents: number;
}

/** What the router counts. */
export interface RouterCounts {
  readonly routedCalls: number;
  readonly inFlightCount: number;
  readonly waitingCount: number;
  readonly droppedEvents: number;
}

/** What the manager knows of its clusters. */
export type ClusterCounts = Pick<ManagerStats, 'clusters' | 'totalClusters' | 'totalShards' | 'jobs'>;

/** A rate over less than this says more of chance than of load, in milliseconds. */
const SHORTEST_RATE_MS = 1000;

export class StatsSampler {
  readonly #counts: RouterCounts;
  readonly #startedAt = performance.now();
  /** The look that the present rate is counted from, and the rate that was found at the one after it. */
  #lookedAt = this.#startedAt;
  #callsThen = 0;
  #rate: number | undefined;

  constructor(counts: RouterCounts) {
    this.#counts = counts;
  }

  sample(own: RpcStats, bot: ClusterCounts): ManagerStats {
    const { routedCalls, inFlightCount, waitingCount, droppedEvents } = this.#counts;
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
    };
  }

  /** Several may look, each at a pace of its own: a look soon after another finds the same rate. */
  #callsPerSecond(routedCalls: number): number {
    const now = performance.now();
    const passedMs = now - this.#lookedAt;
    if (passedMs < SHORTEST_RATE_MS && this.#rate !== undefined) return this.#rate;
    const rate = passedMs === 0 ? 0 : ((routedCalls - this.#callsThen) / passedMs) * 1000;
    if (passedMs < SHORTEST_RATE_MS) return round(rate);
    this.#lookedAt = now;
    this.#callsThen = routedCalls;
    this.#rate = round(rate);
    return this.#rate;
  }
}

/** To a tenth. */
function round(rate: number): number {
  return Math.round(rate * 10) / 10;
}
