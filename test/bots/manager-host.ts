/**
 * A manager in a process of its own, which a test can kill.
 *
 * Says the ids of its clusters' processes once they are ready; with `shutdown` as its argument it shuts down
 * then, and must end by itself.
 */
import { ClusterManager } from 'shardwire';

const bot = new URL('core-bot.js', import.meta.url);
const manager = new ClusterManager(bot, { totalShards: 2, totalClusters: 2, execArgv: [] });
await manager.spawn();
console.log(JSON.stringify(manager.clusters.map(({ pid }) => pid)));
if (process.argv[2] === 'shutdown') await manager.shutdown();
