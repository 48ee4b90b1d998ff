/**
 * Cluster infos for tests of what is shown of them.
 */
import type { ClusterInfo } from '../../../src/index.js';

export function infoOf(id: number, facts: Partial<ClusterInfo> = {}): ClusterInfo {
  return {
    id,
    pid: 4000 + id,
    shardList: [2 * id, 2 * id + 1],
    generation: 1,
    state: 'ready',
    inFlight: 0,
    calls: 0,
    uptime: 61_000,
    restarts: 0,
    lag: { mean: 0.3, max: 2 },
    guilds: 100 + id,
    memory: { rss: 80 * 2 ** 20, heapUsed: 30 * 2 ** 20 },
    ...facts,
  };
}
