import { ClusterManager } from 'shardwire';

const file = new URL('cluster.mjs', import.meta.url);
const manager = new ClusterManager(file, { totalShards: 2, totalClusters: 2, execArgv: [] });
await manager.spawn();
process.send({ kind: 'up' });
process.on('message', (message) => void load(message));
process.on('disconnect', () => process.exit());

async function load(message) {
  const cpuBefore = process.cpuUsage();
  const result = await manager.ipc.requestTo(0, 'load', message, 600_000);
  process.send({ kind: 'done', result, cpu: process.cpuUsage(cpuBefore) });
}
