/**
 * The manager file: `DISCORD_TOKEN=... node manager.js` runs the bot against the real Discord and stays up.
 */
import { ClusterManager } from 'shardwire';

const manager = new ClusterManager(new URL('bot.js', import.meta.url), { totalShards: 'auto' });

manager.on('clusterCreate', ({ id, pid, shardList }) =>
  console.log(`cluster ${id}: pid ${pid}, shards ${shardList.join(', ')}`),
);
manager.on('clusterReady', ({ id }) => console.log(`cluster ${id}: ready`));
manager.on('clusterDeath', ({ id }, { reason, detail, code, signal }) =>
  console.log(`cluster ${id}: ${reason} (${signal ?? code}) ${detail}`),
);
manager.on('clusterFailed', (_cluster, error) => console.error(error.message));

await manager.spawn();
