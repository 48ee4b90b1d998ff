import { ClusterManager } from 'discord-hybrid-sharding';
import { clusterCount, MANAGER, takePart } from '../../kit/participant.mjs';

const manager = new ClusterManager('cluster.mjs', {
  totalShards: clusterCount,
  totalClusters: clusterCount,
  mode: 'process',
  spawnOptions: { delay: 1, timeout: -1 },
});
manager.on('clusterCreate', (cluster) => {
  cluster.on('message', async (message) => {
    const { to, name, data, changed } = message.raw;
    if (name !== undefined) void message.reply(await manager.clusters.get(to).request({ name, data }));
    else if (to === -1) for (const other of othersThan(cluster)) void other.send({ changed });
    else if (to !== undefined) void manager.clusters.get(to).send({ changed });
  });
});
const othersThan = (cluster) => [...manager.clusters.values()].filter((other) => other !== cluster);
takePart(MANAGER);
await manager.spawn(manager.spawnOptions);
