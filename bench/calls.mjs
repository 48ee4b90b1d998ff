/**
 * Calls: every contender under the same load, in turn, several rounds, in one run.
 *
 * These figures are ratios: machines differ and are noisy, but within one round everything had the same one.
 * Usage: npm run bench -- calls [--rounds 5] [--ms 1500]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, ms: { type: 'string', default: '1500' } },
});
const rounds = Number(values.rounds);
const ms = Number(values.ms);

const contenders = ['raw', 'shardwire'];
const loads = [
  { name: 'one at a time', inFlight: 1 },
  { name: '64 in flight', inFlight: 64 },
  { name: '1000 in flight', inFlight: 1000 },
];

async function measure(contender, { inFlight }) {
  const manager = fork(new URL(`contenders/${contender}/manager.mjs`, import.meta.url), { execArgv: [] });
  await once(manager, 'message');
  await ask(manager, { kind: 'load', inFlight, ms: 500 });
  const { result, cpu } = await ask(manager, { kind: 'load', inFlight, ms });
  manager.disconnect();
  await once(manager, 'exit');
  return { ...result, cpuPerCall: (cpu.user + cpu.system) / (result.perSecond * (ms / 1000)) };
}

async function ask(manager, message) {
  manager.send(message);
  const [answer] = await once(manager, 'message');
  return answer;
}

const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
const figures = new Map(loads.map((load) => [load.name, new Map(contenders.map((name) => [name, []]))]));

for (let round = 1; round <= rounds; round++) {
  console.log(`round ${round} of ${rounds}`);
  for (const load of loads) {
    for (const contender of contenders)
      figures
        .get(load.name)
        .get(contender)
        .push(await measure(contender, load));
  }
}

const rows = [];
for (const [load, byContender] of figures) {
  const base = byContender.get('raw');
  for (const [contender, results] of byContender) {
    const ratios = results.map(({ perSecond }, round) => perSecond / base[round].perSecond);
    rows.push({
      load,
      contender,
      'calls/s': median(results.map(({ perSecond }) => perSecond)),
      'x raw': median(ratios).toFixed(2),
      spread: `${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}`,
      'p50 us': median(results.map(({ p50 }) => p50)),
      'p99 us': median(results.map(({ p99 }) => p99)),
      'manager us/call': median(results.map(({ cpuPerCall }) => cpuPerCall)).toFixed(1),
    });
  }
}
console.table(rows);
