/**
 * Everything: all contenders under all loads, scale, start-up and size; writes RESULTS.md, results.json and the chart.
 *
 * Usage: npm run bench [-- --rounds 5 --ms 1500]
 */
import { parseArgs } from 'node:util';
import { contenders, findContender } from './contenders/index.mjs';
import { installPeers, prepareLibrary } from './kit/library.mjs';
import { loads } from './kit/loads.mjs';
import { machine } from './kit/machine.mjs';
import { measure } from './kit/measure.mjs';
import { measureQuickly } from './kit/quick.mjs';
import { printReport, writeReport } from './kit/report.mjs';
import { measureProcesses, simulate } from './kit/scale.mjs';
import { measureStart } from './kit/start.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    ms: { type: 'string', default: '1500' },
    'scale-ms': { type: 'string', default: '700' },
    starts: { type: 'string', default: '21' },
  },
});
const options = { rounds: Number(values.rounds), ms: Number(values.ms), warmMs: 300 };
const scaleMs = Number(values['scale-ms']);
const tell = (text) => console.error(text);

prepareLibrary();
installPeers();
const began = machine();
const start = await measureStart(Number(values.starts));
const calls = await measure(contenders, loads, { ...options, tell });
const scale = {
  processes: await measureProcesses(findContender('shardwire-typed'), { ms: scaleMs, tell }),
  simulation: simulate(scaleMs, tell),
};
const quick = await measureQuickly(tell);
const report = {
  machine: { ...began, loadAtEnd: machine().load },
  options,
  calls: Object.fromEntries(calls),
  scale,
  start,
  quick: Object.fromEntries(quick),
};
await writeReport(report);
printReport(report);
