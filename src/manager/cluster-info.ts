/**
 * Cluster info: one cluster, as events, hooks and `manager.clusters` show it. Plain data, a copy of a moment.
 */
import type { ClusterState } from '../supervisor/state-machine.js';
import type { SupervisedCluster } from '../supervisor/supervised-cluster.js';

export interface ClusterInfo {
  readonly id: number;
  /** `undefined` without a process. */
  readonly pid: number | undefined;
  readonly shardList: readonly number[];
  /** Counts the processes started for this id, from 1; 0 before the first. */
  readonly generation: number;
  /** The state of the cluster. The type lists all states; `docs/supervision.md` shows how they follow each other. */
  readonly state: ClusterState;
  /** Calls on their way to this cluster or worked on by it. */
  readonly inFlight: number;
  /** Calls that its process was given since it was started. */
  readonly calls: number;
  /** Milliseconds since its process was started; 0 without one. */
  readonly uptime: number;
  /** How many processes came after the first, planned restarts included. */
  readonly restarts: number;
  /** How late its event loop ran, in milliseconds, since the heartbeat before the last; `undefined` until then. */
  readonly lag: { readonly mean: number; readonly max: number } | undefined;
  /** How many guilds its client knew at the last heartbeat; `undefined` until then, and for a client that has none. */
  readonly guilds: number | undefined;
  /** Bytes at the last heartbeat: the whole process' and V8's heap; `undefined` until then. */
  readonly memory: { readonly rss: number; readonly heapUsed: number } | undefined;
}

/** @param counts - What the router knows of it. */
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
