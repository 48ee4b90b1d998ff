/**
 * A manager in a process that has no descriptors left when it starts its clusters, and has them back a moment later.
 */
import { closeSync, openSync } from 'node:fs';
import { ClusterManager } from 'shardwire';

const manager = new ClusterManager(new URL('dying-bot.js', import.meta.url), {
  totalShards: 1,
  totalClusters: 1,
  execArgv: [],
  respawn: { initialDelay: 500, factor: 1, startAttempts: 50, maxRestarts: 50 },
});
manager.on('clusterDeath', (_cluster, { reason }) => console.log(reason));
const taken: number[] = [];
try {
  for (;;) taken.push(openSync('/dev/null', 'r'));
} catch {
  setTimeout(() => {
    for (const fd of taken) closeSync(fd);
  }, 100);
}
await manager.spawn();
console.log('ready');
await manager.shutdown();
