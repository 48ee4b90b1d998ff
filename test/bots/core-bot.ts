/**
 * A cluster for tests of the core: a stub client, and handlers that do what their names say.
 */
import { EventEmitter } from 'node:events';
import { ClusterClient } from 'shardwire';

const client = new EventEmitter();
const cluster = new ClusterClient(client);
const seen: unknown[] = [];

cluster.ipc.handle('id', () => cluster.id);
cluster.ipc.handle('pid', () => process.pid);
cluster.ipc.handle('echo', (data: unknown) => data);
cluster.ipc.handle('facts', () => ({
  id: cluster.id,
  shardList: cluster.shardList,
  totalShards: cluster.totalShards,
  totalClusters: cluster.totalClusters,
  isPrimary: cluster.isPrimary,
  ready: cluster.ready,
  bootVariable: process.env['SHARDWIRE_CLUSTER'] ?? null,
  args: process.argv.slice(2),
  own: process.env['OWN'] ?? null,
}));
cluster.ipc.handle('throw', () => {
  throw Object.assign(new TypeError('Something went wrong'), { code: 'EOOPS' });
});
cluster.ipc.handle('never', (_data: unknown, { signal }) => {
  signal.addEventListener('abort', () => seen.push('aborted'));
  return new Promise(() => {});
});
cluster.ipc.handle('exit', (code: number) => process.exit(code));
cluster.ipc.handle('answerAndDie', () => {
  setImmediate(() => process.kill(process.pid, 'SIGKILL'));
  return 'last words';
});
cluster.ipc.handle('bigint', () => 1n);
cluster.ipc.handle('seen', () => seen.splice(0));

/** Makes a call from inside this cluster, and tells how it ended. */
cluster.ipc.handle(
  'call',
  async ({ verb, args }: { verb: 'request' | 'requestTo' | 'requestAll'; args: never[] }) => {
    try {
      const value: unknown = await Reflect.apply(cluster.ipc[verb], cluster.ipc, args);
      return { ok: true, value: verb === 'requestAll' ? [...(value as Iterable<unknown>)] : value };
    } catch (error) {
      return { ok: false, text: String(error), code: (error as { code?: unknown }).code ?? null };
    }
  },
);
cluster.ipc.handle(
  'emit',
  async ({ verb, args }: { verb: 'broadcast' | 'emitTo' | 'broadcastAndWait'; args: never[] }) => {
    const result: unknown = await Reflect.apply(cluster.events[verb], cluster.events, args);
    return result ?? null;
  },
);
cluster.events.on('note', (data, sourceCluster) => {
  seen.push([data, sourceCluster]);
});
