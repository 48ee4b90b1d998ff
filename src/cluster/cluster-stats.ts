/**
 * Cluster stats: the snapshot of one process that `cluster.stats()` returns.
 */
import type { RpcStats } from '../ipc/rpc-stats.js';
import type { ProcessMemory } from '../process-memory.js';

/** A snapshot of a cluster's process, as plain data. */
export interface ClusterStats extends RpcStats {
  /** Id of the cluster. */
  readonly id: number;
  /** Id of the process. */
  readonly pid: number;
  /** Milliseconds since this process was started. */
  readonly uptime: number;
  /**
   * Delay of the event loop, mean and maximum in milliseconds: between the last two heartbeats; without heartbeats, since
   * the previous call of `stats()`, and 0 at the first call.
   */
  readonly lag: { readonly mean: number; readonly max: number };
  /** Frames of a later minor version of the library's protocol that were ignored since the start: 0, but in an update. */
  readonly ignoredFrames: number;
  /** Current memory usage in bytes. */
  readonly memory: ProcessMemory;
}
