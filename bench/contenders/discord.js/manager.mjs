import { ShardingManager } from 'discord.js';
import { clusterCount, MANAGER, takePart } from '../../kit/participant.mjs';

const manager = new ShardingManager('cluster.mjs', { totalShards: clusterCount });
manager.on('shardCreate', (shard) => {
  shard.on('message', ({ to, changed }) => {
    if (to === -1) for (const other of othersThan(shard)) void other.send({ changed });
    else if (to !== undefined) void manager.shards.get(to).send({ changed });
  });
});
const othersThan = (shard) => [...manager.shards.values()].filter((other) => other !== shard);
takePart(MANAGER);
await manager.spawn({ delay: 0, timeout: -1 });
