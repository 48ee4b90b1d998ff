/**
 * The manager file: `DISCORD_TOKEN=... node manager.js` runs the bot against the real Discord and stays up.
 */
import { ClusterManager } from 'shardwire';

const manager = new ClusterManager(new URL('bot.js', import.meta.url), { totalShards: 'auto' });

manager.on('clusterCreate', ({ id, pid, shardList }) =>
  console.log(`cluster ${id}: pid ${pid}, shards ${shardList.join(', ')}`),
);
manager.on('clusterReady', ({ id }) => console.log(`cluster ${id}: ready`));
manager.on('clusterDeath', ({ id }, { code, signal }) =>
  console.log(`cluster ${id}: died (${signal ?? code})`),
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void manager.shutdown());

await manager.spawn();
