/** The manager of both ways to use the library: what differs is in the cluster file. */
import { ClusterManager } from 'shardwire';
import { clusterCount, MANAGER, takePart } from '../../kit/participant.mjs';

export async function start(file) {
  const manager = new ClusterManager(file, {
    totalShards: clusterCount,
    totalClusters: clusterCount,
    execArgv: [],
  });
  takePart(MANAGER);
  await manager.spawn();
}
