/**
 * Cluster stats: what `cluster.stats()` shows of one process. Plain data, a copy of a moment.
 */
import type { RpcStats } from '../ipc/endpoint.js';
import type { ProcessMemory } from '../process-memory.js';

export interface ClusterStats extends RpcStats {
  readonly id: number;
  readonly pid: number;
  /** Milliseconds since this process was started. */
  readonly uptime: number;
  /**
   * How late its event loop ran, in milliseconds: between the last two heartbeats; without them, since the stats
   * were last asked for, and 0 the first time.
   */
  readonly lag: { readonly mean: number; readonly max: number };
  /** Bytes at this moment. */
  readonly memory: ProcessMemory;
}
