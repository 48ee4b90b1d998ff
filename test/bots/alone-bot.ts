/**
 * A bot file started by hand, without a manager: says how each verb ends, and ends by itself.
 */
import { EventEmitter } from 'node:events';
import { ClusterClient, MANAGER_ID } from 'shardwire';

const cluster = new ClusterClient(new EventEmitter());
const heard: unknown[] = [];

cluster.ipc.handle('echo', (data: unknown) => data ?? null);
cluster.events.on('note', (data, source) => heard.push([data, source]));

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    return (error as { code?: unknown }).code ?? String(error);
  }
}

await cluster.whenReady();
await cluster.events.broadcast('note', 'to nobody');
const arrived = new Promise((resolve) => {
  cluster.events.once('note', resolve);
});
await cluster.events.emitTo(0, 'note', 'to myself');
await arrived;
const all = await cluster.ipc.requestAll('echo', 1);
console.log(
  JSON.stringify({
    identity: [cluster.id, cluster.isPrimary, cluster.shardList, cluster.totalShards, cluster.totalClusters],
    request: await cluster.ipc.request('echo', { at: new Date(0) }),
    requestTo: await cluster.ipc.requestTo(0, 'echo', 2),
    requestToGuild: await cluster.ipc.requestToGuild('197038439483310086', 'echo', 3),
    requestAll: [...all],
    unknown: await codeOf(cluster.ipc.request('nonExistent')),
    other: await codeOf(cluster.ipc.requestTo(1, 'echo')),
    manager: await codeOf(cluster.ipc.requestTo(MANAGER_ID, 'echo')),
    acked: await cluster.events.broadcastAndWait('note'),
    heard,
  }),
);
