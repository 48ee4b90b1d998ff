/**
 * The soak: hours of a bot's life in minutes. Clusters 0 and 1 call everything in every way, cluster 2 is killed
 * and stopped on the way. Fails if memory grows, if a table does not empty, or if a call ends late.
 *
 * Usage: npm run soak -- --minutes 10
 */
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ClusterManager } from '../../dist/src/index.js';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const minutes = Number(values.minutes);
const CLUSTERS = 3;
const VICTIM = 2;
const CALLS_AT_DEATH = 1000;
const MAX_GROWTH = 1.05;
/**
 * What 5 % of a heap of five megabytes come to; smaller ones are measured by this. A part of it is code: V8 goes on
 * compiling what runs once a round. 360 respawns in a row cost a manager 240 kB so, and 10 kB where nothing is
 * compiled (`--no-opt --no-sparkplug`).
 */
const NOISE_BYTES = 280_000;
const ROUNDS = Math.max(6, Math.round(minutes * 3));
const roundMs = (minutes * 60_000) / ROUNDS;

const manager = new ClusterManager(new URL('cluster.mjs', import.meta.url), {
  totalShards: CLUSTERS,
  totalClusters: CLUSTERS,
  execArgv: ['--expose-gc'],
  // It is killed more often here than anybody would put up with.
  respawn: { initialDelay: 500, maxDelay: 1000, maxRestarts: 100_000 },
  env: { NODE_ENV: 'production' },
});
await manager.spawn();
const workers = [0, 1];
const failures = [];
const samples = [];

console.log(`${minutes} minutes in ${ROUNDS} rounds; each kills cluster ${VICTIM} once and stops it once`);
for (let round = 1; round <= ROUNDS; round++) {
  await Promise.all(workers.map((id) => manager.ipc.requestTo(id, 'start')));
  await sleep(roundMs * 0.4);
  const calm = await latency();
  const deathMs = await kill();
  await sleep(roundMs * 0.2);
  const stopped = await stop(roundMs * 0.3);
  await Promise.all(workers.map((id) => manager.ipc.requestTo(id, 'stop', undefined, 60_000)));
  await settle();
  const sample = { round, deathMs, calmP99: calm, stoppedP99: stopped, ...(await measure()) };
  samples.push(sample);
  console.log(describe(sample));
}
judge();
await manager.shutdown();
for (const failure of failures) console.error(`FAILED: ${failure}`);
console.log(failures.length === 0 ? 'The soak held.' : 'The soak did not hold.');
process.exitCode = failures.length === 0 ? 0 : 1;

/** SIGKILL with a thousand calls in flight: how long until the last of them has ended. */
async function kill() {
  const calls = Array.from({ length: CALLS_AT_DEATH }, () =>
    manager.ipc.requestTo(VICTIM, 'slow', 30_000, 30_000),
  );
  const ends = Promise.allSettled(calls);
  while (inFlight() < CALLS_AT_DEATH) await sleep(1);
  const back = once(manager, 'clusterReady');
  const before = performance.now();
  process.kill(manager.clusters[VICTIM].pid, 'SIGKILL');
  const codes = new Set((await ends).map(({ reason }) => reason?.code));
  const tookMs = performance.now() - before;
  if (codes.size !== 1 || !codes.has('CLUSTER_DIED'))
    failures.push(`calls to a killed cluster ended with ${[...codes].join(', ')}`);
  await back;
  return tookMs;
}

/** SIGSTOP: time-outs on time, and nobody else is slower. */
async function stop(ms) {
  const { pid } = manager.clusters[VICTIM];
  process.kill(pid, 'SIGSTOP');
  await latency();
  const before = performance.now();
  const error = await manager.ipc.requestTo(VICTIM, 'echo', 1, 200).catch((reason) => reason);
  const lateMs = performance.now() - before - 200;
  if (error.code !== 'TIMEOUT' || lateMs > 200)
    failures.push(`a call to a stopped cluster: ${error.code}, ${lateMs.toFixed(0)} ms late`);
  await sleep(ms);
  const p99 = await latency();
  process.kill(pid, 'SIGCONT');
  return p99;
}

function inFlight() {
  return manager.clusters[VICTIM].inFlight;
}

async function latency() {
  const [first] = (await Promise.all(workers.map((id) => manager.ipc.requestTo(id, 'measure')))).toSorted(
    (a, b) => b.p99 - a.p99,
  );
  return first.p99;
}

/** Everything that was started has ended when nothing is in flight any more. */
async function settle() {
  const end = performance.now() + 10_000;
  while (performance.now() < end) {
    const { inFlight, waitingCalls } = manager.stats();
    if (inFlight + waitingCalls === 0) return;
    await sleep(10);
  }
  failures.push(`calls still in flight ten seconds after the last: ${JSON.stringify(manager.stats())}`);
}

async function measure() {
  globalThis.gc();
  globalThis.gc();
  const clusters = await Promise.all(workers.map((id) => manager.ipc.requestTo(id, 'measure')));
  const own = { heap: process.memoryUsage().heapUsed, ...manager.stats() };
  return {
    manager: own,
    clusters,
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
  };
}

/** The first rounds warm up: code is compiled, buffers find their size. */
function judge() {
  const settled = samples.slice(Math.min(2, samples.length - 2));
  const [first, last] = [settled[0], settled.at(-1)];
  // One measurement is a matter of luck: the median of the first third is compared with that of the last.
  const third = Math.max(1, Math.floor(settled.length / 3));
  const early = settled.slice(0, third);
  const late = settled.slice(-third);
  grew(
    'the manager',
    median(early.map((sample) => sample.manager.heap)),
    median(late.map((sample) => sample.manager.heap)),
  );
  for (const id of workers) {
    const heap = (sample) => sample.clusters[id].heap;
    grew(`cluster ${id}`, median(early.map(heap)), median(late.map(heap)));
  }
  for (const { round, manager: own, clusters } of samples) {
    for (const [who, stats] of [['manager', own], ...clusters.map((stats, id) => [`cluster ${id}`, stats])]) {
      for (const table of ['pendingCalls', 'servedCalls', 'waitingBroadcasts', 'inFlight', 'waitingCalls']) {
        if ((stats[table] ?? 0) !== 0)
          failures.push(`round ${round}: ${who} has ${stats[table]} ${table} at rest`);
      }
    }
  }
  const growth = last.timers - first.timers;
  if (growth > 2) failures.push(`${growth} more timers in the manager than at first`);
  const slowest = Math.max(...samples.map(({ deathMs }) => deathMs));
  if (slowest > 200) failures.push(`callers of a killed cluster waited ${slowest.toFixed(0)} ms`);
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

function grew(who, from, to) {
  const ratio = to / from;
  console.log(`${who}: heap ${mib(from)} -> ${mib(to)} (${((ratio - 1) * 100).toFixed(1)} %)`);
  if (ratio > MAX_GROWTH && to - from > NOISE_BYTES)
    failures.push(`the heap of ${who} grew by ${((ratio - 1) * 100).toFixed(1)} %`);
}

function describe({ round, deathMs, calmP99, stoppedP99, manager: own, clusters }) {
  const calls = clusters.reduce((sum, { calls: each }) => sum + each, 0);
  return (
    `round ${round}: ${calls} calls so far; ${CALLS_AT_DEATH} callers of a killed cluster told within ${deathMs.toFixed(0)} ms; ` +
    `p99 between the others ${calmP99.toFixed(1)} ms, ${stoppedP99.toFixed(1)} ms while one is stopped; ` +
    `heap ${mib(own.heap)} (manager), ${clusters.map(({ heap }) => mib(heap)).join(', ')}`
  );
}

function mib(bytes) {
  return `${(bytes / 1024 / 1024).toFixed(2)} MiB`;
}
