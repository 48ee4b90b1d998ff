import cluster from 'node:cluster';
import { Indomitable } from 'indomitable';
import { clusterCount, MANAGER, takePart } from '../../kit/participant.mjs';
import { Bot } from './cluster.mjs';

const manager = new Indomitable({
  client: Bot,
  token: 'none',
  clusterCount,
  shardCount: clusterCount,
  spawnDelay: 0,
});
if (cluster.isPrimary) {
  manager.on('error', console.error);
  const { ipc } = manager;
  manager.on('message', async ({ content, repliable, reply }) => {
    const { from, to } = content;
    const message = { content, repliable };
    if (repliable) reply(to === -1 ? await ipc.broadcast(message) : await ipc.send(to, message));
    else if (to !== -1) void ipc.send(to, message);
    else for (const id of manager.clusters.keys()) if (id !== from) void ipc.send(id, message);
  });
  takePart(MANAGER);
}
await manager.spawn();
