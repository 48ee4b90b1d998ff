import { ClusterManager } from 'discord-hybrid-sharding';
import { clusterCount, MANAGER, takePart } from '../../kit/participant.mjs';

const manager = new ClusterManager('cluster.mjs', {
  totalShards: clusterCount,
  totalClusters: clusterCount,
  mode: 'process',
  spawnOptions: { delay: 1, timeout: -1 },
});
manager.on('clusterCreate', (cluster) => {
  cluster.on('message', (message) => {
    const { to, name, data, changed } = message.raw;
    if (name !== undefined) void passOn(message, manager.clusters.get(to), { name, data });
    else if (to === -1) for (const other of othersThan(cluster)) void other.send({ changed });
    else if (to !== undefined) void manager.clusters.get(to).send({ changed });
  });
});
const passOn = async (message, target, question) => message.reply(await target.request(question));
const othersThan = (cluster) => [...manager.clusters.values()].filter((other) => other !== cluster);
takePart(MANAGER);
await manager.spawn(manager.spawnOptions);
