/**
 * A cluster for tests of the core: a stub client, and handlers that do what their names say.
 */
import { EventEmitter } from 'node:events';
import { writeSync } from 'node:fs';
import { ClusterClient } from 'shardwire';

/** Where the manager puts the pipe that carries frames. */
const LINK_FD = 4;

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
  // The channel of `process.send` is the bot's own: it is there, and nothing of ours listens on it.
  channel: { connected: process.connected, listeners: process.listenerCount('message') },
}));
cluster.ipc.handle('throw', () => {
  throw Object.assign(new TypeError('Something went wrong'), { code: 'EOOPS' });
});
cluster.ipc.handle('never', (_data: unknown, { signal }) => {
  signal.addEventListener('abort', () => seen.push('aborted'));
  return new Promise(() => {});
});
/** Throws what its name says: each is a thing that people throw. */
const throwables: Record<string, () => unknown> = {
  causes: () => new Error('outer', { cause: new RangeError('inner', { cause: 'innermost' }) }),
  aggregate: () => new AggregateError([new TypeError('one'), 'two'], 'both'),
  abort: () => new DOMException('stopped', 'AbortError'),
  text: () => 'no error at all',
  nothing: () => undefined,
  discord: () =>
    Object.assign(new Error('Unknown Guild'), { name: 'DiscordAPIError[10004]', code: 10004, status: 404 }),
};
cluster.ipc.handle('throwKind', (kind: string) => {
  throw throwables[kind]?.();
});
cluster.ipc.handle('large', (bytes: number) => 'x'.repeat(bytes));
cluster.ipc.handle('exit', (code: number) => process.exit(code));
cluster.ipc.handle('answerAndDie', () => {
  setImmediate(() => process.kill(process.pid, 'SIGKILL'));
  return 'last words';
});
cluster.ipc.handle('answerAndExit', () => {
  setImmediate(() => process.exit(0));
  return 'last words';
});
cluster.ipc.handle('bigint', () => ({ users: [{ id: 1n }] }));
cluster.ipc.handle('hangOn', (id: number) => (cluster.id === id ? new Promise(() => {}) : cluster.id));
cluster.ipc.handle('source', (_data: unknown, { sourceCluster }) => sourceCluster);
cluster.ipc.handle('sendToParent', (message: object) => {
  return new Promise<string>((resolve) => {
    process.send?.(message, (error: Error | null) => resolve(error?.message ?? 'sent'));
  });
});
cluster.ipc.handle('secondClient', () => new ClusterClient(new EventEmitter()).id);
cluster.ipc.handle('writeGarbage', () => {
  writeSync(LINK_FD, Buffer.alloc(1024));
});
/** Calls many times from inside this cluster, and tells the codes that the calls ended with. */
cluster.ipc.handle('callMany', async ({ count, target }: { count: number; target: number }) => {
  const calls = Array.from({ length: count }, () => cluster.ipc.requestTo(target, 'never', null, 30_000));
  const ends = await Promise.allSettled(calls);
  return ends.map((end) => (end.status === 'rejected' ? (end.reason as { code: string }).code : 'answered'));
});
cluster.ipc.handle('seen', () => seen.splice(0));

/** Makes a call from inside this cluster, and tells how it ended. */
cluster.ipc.handle(
  'call',
  async ({
    verb,
    args,
  }: {
    verb: 'request' | 'requestTo' | 'requestToGuild' | 'requestAll';
    args: never[];
  }) => {
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
/** Says many things and goes, as soon as it may. */
cluster.events.on('sayAndExit', async (data) => {
  const { count, afterMs = 0 } = data as { readonly count: number; readonly afterMs?: number };
  await new Promise((resolve) => {
    setTimeout(resolve, afterMs);
  });
  const said = Array.from({ length: count }, (_, index) =>
    cluster.events.broadcast('note', `${index} ${'x'.repeat(500)}`),
  );
  await Promise.all(said);
  process.exit(0);
});
/** Has something to say to one cluster in a moment. */
cluster.events.on('callLater', (data) => {
  const { from, to, afterMs } = data as {
    readonly from: number;
    readonly to: number;
    readonly afterMs: number;
  };
  if (from !== cluster.id) return;
  setTimeout(() => void cluster.ipc.requestTo(to, 'echo').catch(() => {}), afterMs);
});
