/**
 * Load: what cluster 0 of every contender runs, so that only the way to the others differs.
 *
 * Reading the clock takes a part of a microsecond, and the quickest calls take three: calls are timed one by one
 * only where one runs at a time, and every sixteenth otherwise; a flag ends the run.
 */
import { performance } from 'node:perf_hooks';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { nextRequest } from './payloads.mjs';

const TIMED = 16;
/** One-way messages are sent in bursts: the last of each is awaited. */
const BURST = 64;
const OPEN_BURSTS = 8;

/** Runs `load` with `verbs` for its `ms`; returns how many ended, in how many seconds, and times in microseconds. */
export function runLoad(verbs, load) {
  return load.receivers === undefined ? ask(verbs[load.verb], load) : tell(verbs, load);
}

async function ask(call, { inFlight, ms }) {
  const times = [];
  const run = { goesOn: true };
  let count = 0;
  const timed = inFlight === 1 ? 1 : TIMED;
  const lane = async () => {
    while (run.goesOn) {
      if (count++ % timed !== 0) await call(nextRequest());
      else {
        const before = performance.now();
        await call(nextRequest());
        times.push(performance.now() - before);
      }
    }
  };
  const started = performance.now();
  const lanes = Promise.all(Array.from({ length: inFlight }, lane));
  await Promise.race([lanes, sleep(ms)]);
  run.goesOn = false;
  await lanes;
  return { count, seconds: (performance.now() - started) / 1000, ...percentiles(times) };
}

/** Ends with a call behind the last message: only what has arrived counts. */
async function tell(verbs, { verb, ms }) {
  const send = verbs[verb];
  const drain = () => (verb === 'tell' ? verbs.ask : verbs.askAll)(nextRequest());
  const keepUp = verbs.unbounded ? openBursts(drain) : async () => {};
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < ms) {
    for (let i = 1; i < BURST; i++) void send(nextRequest());
    await send(nextRequest());
    count += BURST;
    await keepUp();
    // A write that was taken at once resolves without a turn of the event loop: let others read, too.
    await setImmediate();
  }
  await drain();
  return { count, seconds: (performance.now() - started) / 1000 };
}

/** Where sending cannot be awaited: a call behind each burst, of which a few may be open. */
function openBursts(drain) {
  const open = new Set();
  return async () => {
    const burst = drain().then(() => open.delete(burst));
    open.add(burst);
    if (open.size >= OPEN_BURSTS) await Promise.race(open);
  };
}

/** In microseconds. */
function percentiles(times) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share) => (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN) * 1000;
  return { p50: at(0.5), p99: at(0.99) };
}
