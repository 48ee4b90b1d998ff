/**
 * Participant: a manager or a cluster of any contender, in the hands of the bench.
 *
 * Orders come over a socket of their own, so that no contender's way between processes carries anything but the
 * load. When the socket ends the process does, whatever its library thinks about orphans.
 */
import { deepEqual, equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProfile, startProfile } from './profile.mjs';
import { runLoad } from './load.mjs';
import { nextRequest, served, takeHeard } from './payloads.mjs';

export const MANAGER = -1;
/** How many clusters the contender shall start. */
export const clusterCount = Number(process.env.BENCH_CLUSTERS);

/**
 * Takes part in the bench; call it when everything is in its place.
 *
 * @param id - The cluster's, or `MANAGER`.
 * @param verbs - Of clusters: `ask`, `askLarge`, `askAll`, `tell`, `tellAll`, each with the data.
 * `unbounded`: to await a one-way message says nothing about where it is.
 */
export function takePart(id, verbs = {}) {
  const socket = connect(process.env.BENCH_SOCKET);
  socket.on('error', () => process.exit());
  socket.on('close', () => process.exit());
  const say = (word) => socket.write(`${JSON.stringify(word)}\n`);
  say({ id, pid: process.pid });
  const orders = ordersFor(id, verbs);
  createInterface({ input: socket }).on('line', (line) => {
    const { order, data } = JSON.parse(line);
    orders[order](data).then(
      (value) => say({ value }),
      (error) => say({ error: String(error?.stack ?? error) }),
    );
  });
}

function ordersFor(id, verbs) {
  const who = id === MANAGER ? 'manager' : `cluster-${id}`;
  return {
    reach: () => reach(verbs),
    async prepare(load) {
      takeHeard();
      if (!load.isWarmUp) await startProfile();
      return usage();
    },
    load: (load) => runLoad(verbs, load),
    async finish(load) {
      const used = usage();
      await endProfile(who, load);
      return used;
    },
    heard: async () => takeHeard(),
  };
}

/** Processor time so far in microseconds; memory now, and the most it ever was, in bytes. */
function usage() {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system, bytes: process.memoryUsage.rss(), peakBytes: peakBytes() };
}

/** Calls until a call is answered: some contenders refuse until all are there. Whoever answers must answer right. */
async function reach(verbs) {
  for (;;) {
    const answer = await Promise.race([verbs.ask(nextRequest()), sleep(1000)]).catch(() => undefined);
    if (answer !== undefined) return verify(answer, verbs);
    await sleep(2);
  }
}

async function verify(answer, verbs) {
  // The limit makes no answers of its bytes.
  if (answer === true) return;
  deepEqual(answer, served.getGuild());
  deepEqual(await verbs.askLarge(nextRequest()), served.listMembers());
  equal([...(await verbs.askAll(nextRequest()))].length, clusterCount);
}

/** `maxRSS` of a child begins with its parent's on Linux; what /proc says is its own. */
function peakBytes() {
  try {
    const [, kibibytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return Number(kibibytes) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
