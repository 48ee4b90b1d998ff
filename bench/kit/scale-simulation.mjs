/**
 * Scale simulation: so many clusters in this process, over in-memory links; writes one line of JSON.
 *
 * Processor time rather than time: there is nobody else in the process, and other processes do not count.
 */
import { performance } from 'node:perf_hooks';
import { createTestClusters } from 'shardwire/testing';
import { runLoad } from './load.mjs';
import { nextRequest, served } from './payloads.mjs';
import { median } from './statistics.mjs';

const [clusters, ms] = process.argv.slice(2).map(Number);
const BROADCASTS = 50;

async function start(count) {
  const bot = await createTestClusters(count, {
    setup: ({ ipc, events }) => {
      ipc.handle('getGuild', served.getGuild);
      events.on('changed', served.changed);
    },
  });
  // Whatever is made on first use is there.
  await bot.cluster(0).ipc.requestAll('getGuild', nextRequest());
  return bot;
}

function bytes() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Processor time of one call in microseconds. */
async function cost(call, inFlight) {
  const load = { verb: 'call', inFlight };
  await runLoad({ call }, { ...load, ms: ms / 3 });
  const before = process.cpuUsage();
  const { count } = await runLoad({ call }, { ...load, ms });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

/** What the manager sends to clusters for one requestAll: a fault that does nothing but count. */
async function framesOfOne(bot) {
  const counted = bot.clusters.flatMap(({ id }) => [
    bot.injectFault({ fault: 'delay', ms: 0, from: 0, to: id, frames: ['request'] }),
    bot.injectFault({ fault: 'delay', ms: 0, from: id, to: 0, frames: ['answer'] }),
  ]);
  await bot.cluster(0).ipc.requestAll('getGuild', nextRequest());
  for (const one of counted) one.stop();
  return counted.reduce((sum, { hits }) => sum + hits, 0);
}

async function broadcastMs({ events }, receivers) {
  const times = [];
  for (let i = 0; i < BROADCASTS; i++) {
    const before = performance.now();
    await events.broadcastAndWait('changed', nextRequest(), 10_000, receivers);
    times.push(performance.now() - before);
  }
  return median(times);
}

await (await start(2)).shutdown();
const empty = bytes();
const bot = await start(clusters);
const bytesPerCluster = (bytes() - empty) / clusters;
const { ipc, events } = bot.cluster(0);
const receivers = clusters - 1;
const frames = await framesOfOne(bot);
const callMicros = await cost(() => ipc.requestTo(1, 'getGuild', nextRequest()), 64);
const entryMicros = (await cost(() => ipc.requestAll('getGuild', nextRequest()), 4)) / clusters;
const wait = () => events.broadcastAndWait('changed', nextRequest(), 10_000, receivers);
const receiverMicros = (await cost(wait, 4)) / receivers;
console.log(
  JSON.stringify({
    clusters,
    frames,
    callMicros,
    entryMicros,
    receiverMicros,
    broadcastMs: await broadcastMs(bot.cluster(0), receivers),
    bytesPerCluster,
  }),
);
await bot.shutdown();
