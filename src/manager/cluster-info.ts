/**
 * Cluster info: the snapshot of one cluster that events, hooks and `manager.clusters` show.
 */
import type { ClusterState } from '../supervisor/state-machine.js';
import type { SupervisedCluster } from '../supervisor/supervised-cluster.js';

/** A snapshot of one cluster, as plain data. */
export interface ClusterInfo {
  /** The id of the cluster, from 0. */
  readonly id: number;
  /** The id of its process; `undefined` without a process. */
  readonly pid: number | undefined;
  /** The ids of its shards. */
  readonly shardList: readonly number[];
  /** Counts the processes that were started for this cluster, from 1; 0 before the first. */
  readonly generation: number;
  /** The state of the cluster; `ClusterState` says what each state means. */
  readonly state: ClusterState;
  /** Calls in flight to this cluster: sent to it, and not answered yet. */
  readonly inFlight: number;
  /** Calls that the process was given since it was started. */
  readonly calls: number;
  /** Milliseconds since the process was started; 0 without a process. */
  readonly uptime: number;
  /** How many processes were started after the first, planned restarts included. */
  readonly restarts: number;
  /**
   * Delay of the event loop, mean and maximum in milliseconds, between the last two heartbeats; `undefined` until then.
   */
  readonly lag: { readonly mean: number; readonly max: number } | undefined;
  /** Guilds in the client's cache at the last heartbeat; `undefined` until then, and for a client without guilds. */
  readonly guilds: number | undefined;
  /** Memory at the last heartbeat in bytes: of the whole process, and of V8's heap; `undefined` until then. */
  readonly memory: { readonly rss: number; readonly heapUsed: number } | undefined;
}

/** @param counts - What the router counts for the cluster. */
export function infoOf(
  cluster: SupervisedCluster,
  { inFlight, calls }: Pick<ClusterInfo, 'inFlight' | 'calls'>,
): ClusterInfo {
  const { id, pid, generation, state, plan, uptimeMs, restarts, lastPong } = cluster;
  return {
    id,
    pid,
    shardList: plan.shardList,
    generation,
    state,
    inFlight,
    calls,
    uptime: Math.round(uptimeMs),
    restarts,
    lag: lastPong && { mean: lastPong.meanLagMs, max: lastPong.maxLagMs },
    guilds: lastPong?.guilds,
    memory: lastPong && { rss: lastPong.rss, heapUsed: lastPong.heapUsed },
  };
}
