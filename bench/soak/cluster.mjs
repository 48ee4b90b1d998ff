/** A cluster under load: every verb, every ending, over and over. Handlers `start`, `stop` and `measure` steer it. */
import { EventEmitter } from 'node:events';
import { performance } from 'node:perf_hooks';
import { ClusterClient } from '../../dist/src/index.js';

const LANES = 16;
const cluster = new ClusterClient(new EventEmitter());
const { ipc, events } = cluster;
const state = { running: false };
let lanes = [];
let calls = 0;
/** Times of calls between healthy clusters, in milliseconds, since last asked. */
let times = [];

ipc.handle('echo', (data) => data);
ipc.handle('slow', (ms, { signal }) => {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms, 'slow');
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve('gave up');
    });
  });
});
ipc.handle('fail', () => {
  throw Object.assign(new Error('on purpose', { cause: new TypeError('inside') }), { code: 'EFAIL' });
});
events.on('note', () => {});

const payload = {
  guildId: '123456789012345678',
  list: Array.from({ length: 20 }, (_, index) => ({ index, name: `name ${index}` })),
};
const others = Array.from({ length: cluster.totalClusters }, (_, id) => id).filter((id) => id !== cluster.id);

/** One of each; whatever fails has failed in a way that has a code. */
const kinds = [
  async (peer) => {
    const before = performance.now();
    await ipc.requestTo(peer, 'echo', payload, 5000);
    if (peer !== cluster.totalClusters - 1) times.push(performance.now() - before);
  },
  () => ipc.request('echo', payload),
  () => ipc.requestAll('echo', { small: true }, 2000),
  (peer) => ipc.requestTo(peer, 'slow', 50, 5),
  (peer) => ipc.requestTo(peer, 'slow', 50, { timeout: 1000, signal: AbortSignal.timeout(5) }),
  (peer) => ipc.requestTo(peer, 'fail', undefined, 1000),
  (peer) => ipc.requestTo(peer, 'nobody has this', undefined, 500),
  () => events.broadcast('note', payload),
  (peer) => events.emitTo(peer, 'note', 1),
  () => events.broadcastAndWait('note', { small: true }, 500, others.length),
];

async function lane(seed) {
  for (let turn = seed; state.running; turn++) {
    const peer = others[turn % others.length];
    await kinds[turn % kinds.length](peer).catch((error) => {
      if (error.code === undefined) throw error;
    });
    calls += 1;
    if (turn % 50 === 0) await new Promise(setImmediate);
  }
}

ipc.handle('start', () => {
  state.running = true;
  lanes = Array.from({ length: LANES }, (_, seed) => lane(seed));
});
ipc.handle('stop', async () => {
  state.running = false;
  await Promise.all(lanes);
});
ipc.handle('measure', () => {
  globalThis.gc();
  globalThis.gc();
  const sorted = times.sort((one, other) => one - other);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  times = [];
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const stats = cluster.stats();
  return {
    heap: process.memoryUsage().heapUsed,
    timers,
    calls,
    p99,
    ...stats,
  };
});
