/**
 * A manager in a process of its own, as its user would run it: a test sends it signals and watches it end.
 *
 * Takes a bot file and the manager's options as JSON; says the ids of its clusters' processes as each is started, and
 * `ready` when all are.
 */
import { ClusterManager } from 'shardwire';

const [, , bot = '', options = '{}'] = process.argv;
const manager = new ClusterManager(new URL(bot, import.meta.url), {
  totalShards: 2,
  totalClusters: 2,
  execArgv: [],
  ...(JSON.parse(options) as object),
});
manager.on('clusterCreate', ({ pid }) => console.log(`pid ${pid}`));
manager.on('clusterDeath', ({ id }, { reason, code, signal }) =>
  console.log(`death ${id} ${reason} ${signal ?? code}`),
);
manager.on('clusterFailed', ({ id }) => console.log(`failed ${id}`));
/** A call that is in flight while the signal comes. */
const slow = Number(process.env['CALL_MS'] ?? 0);
await manager.spawn().then(
  () => console.log('ready'),
  (error: unknown) => console.log(String(error)),
);
if (slow > 0) {
  const call = manager.ipc.requestTo(0, 'slow', slow);
  console.log('calling');
  console.log(
    await call.then(
      (answer) => `answer ${String(answer)}`,
      (error: unknown) => `refused ${(error as { code?: string }).code}`,
    ),
  );
}
