import cluster from 'node:cluster';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import kurasuta from 'kurasuta';
import { clusterCount, MANAGER, takePart } from '../../kit/participant.mjs';
import { StubClient } from '../stub-client.mjs';

// It waits five seconds after each cluster, and has no option for that.
createRequire(import.meta.url)('kurasuta/dist/Util/Util').sleep = async () => {};

const manager = new kurasuta.ShardingManager(fileURLToPath(new URL('cluster.cjs', import.meta.url)), {
  client: StubClient,
  shardCount: clusterCount,
  clusterCount,
  // The default is TCP port 9999, which two benches would quarrel about.
  ipcSocket: join(dirname(process.env.BENCH_SOCKET), 'kurasuta.sock'),
});
if (cluster.isPrimary) {
  manager.on('error', console.error);
  // `Cluster.send` of this version throws; `eval` is what reaches a cluster.
  manager.on('message', ({ from, to, data }) => {
    const script = `this.changed(${JSON.stringify(data)})`;
    if (to !== -1) void manager.clusters.get(to).eval(script);
    else for (const [id, other] of manager.clusters) if (id !== from) void other.eval(script);
  });
  takePart(MANAGER);
}
await manager.spawn();
