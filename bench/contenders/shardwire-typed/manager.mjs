import { ClusterManager } from 'shardwire';
import { clusterCount, MANAGER, takePart } from '../../kit/participant.mjs';

const file = new URL('cluster.mjs', import.meta.url);
const manager = new ClusterManager(file, {
  totalShards: clusterCount,
  totalClusters: clusterCount,
  execArgv: [],
});
takePart(MANAGER);
await manager.spawn();
