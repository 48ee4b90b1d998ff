/**
 * A manager that logs: writes each line of its log as JSON on stdout while a cluster is killed, one is replaced, and
 * all are shut down. Takes the manager's option `output`.
 */
import { once } from 'node:events';
import { ClusterManager } from 'shardwire';
import type { ClusterManagerOptions, LogMethod } from 'shardwire';

const [, , output, doing] = process.argv;
const log =
  (level: string): LogMethod =>
  (fields, message) =>
    console.log(JSON.stringify({ level, ...fields, message }));
const manager = new ClusterManager(new URL('working-bot.js', import.meta.url), {
  totalShards: 2,
  totalClusters: 2,
  execArgv: [],
  respawn: { initialDelay: 50 },
  output: output as ClusterManagerOptions['output'],
  logger: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
});
manager.on('debug', (line) => console.log(`debug: ${line}`));
await manager.spawn();
if (doing === 'everything') {
  const back = once(manager, 'clusterReady');
  process.kill(manager.clusters[1]?.pid as number, 'SIGKILL');
  await back;
  await manager.restart(0, { settle: 0 });
}
await manager.shutdown();
