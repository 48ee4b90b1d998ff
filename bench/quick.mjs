/**
 * Quick: a minute's look at whether something moved. Short rounds of what is fast to start, compared with the last
 * results by ratios to `raw` of the same round; never part of the tests, since a busy machine moves things, too.
 *
 * Usage: npm run bench -- --quick
 */
import { findContender, find } from './contenders/index.mjs';
import { installPeers, prepareLibrary } from './kit/library.mjs';
import { loads } from './kit/loads.mjs';
import { machine } from './kit/machine.mjs';
import { measure } from './kit/measure.mjs';
import { lastReport } from './kit/report.mjs';
import { medianRatio } from './kit/statistics.mjs';
import { printTable, times } from './kit/table.mjs';

const CONTENDERS = ['raw', 'limit', 'shardwire', 'shardwire-typed', 'indomitable'];
const LOADS = ['serial', '64', '1000', 'large', 'tell-1'];
const MOVED = 0.2;
const options = { rounds: 3, ms: 250, warmMs: 120 };

const last = lastReport();
if (last === undefined) throw new Error('there are no results to compare with: npm run bench first');
prepareLibrary();
installPeers();
const now = await measure(
  CONTENDERS.map(findContender),
  LOADS.map((name) => find(loads, name)),
  {
    ...options,
    tell: (text) => console.error(text),
  },
);

const rows = LOADS.flatMap((load) => CONTENDERS.slice(1).map((name) => compared(name, load)));
printTable({
  title: `Ratios to raw, beside those of ${last.machine.date}`,
  columns: ['contender, load, figure', 'then', 'now', 'moved', ''],
  rows: rows.flat(),
});
const { load, cores } = machine();
// Alone, the bench keeps a processor or two and a half busy.
if (load > 2 * cores) console.log(`\nThe machine is busy (load ${load}): much of this may be others' work.`);
const moved = rows.flat().filter((row) => row[4] !== '').length;
console.log(
  moved === 0
    ? '\nNothing moved by more than 20 %.'
    : `\n${moved} of ${rows.flat().length} moved by more than 20 %.`,
);

function compared(name, load) {
  const figures = load === 'serial' ? ['p50'] : ['perSecond', 'managerMicros'];
  return figures.map((figure) => {
    const ratio = (calls) => medianRatio(pick(calls[name], load, figure), pick(calls.raw, load, figure));
    const [then, is] = [ratio(last.calls), ratio(Object.fromEntries(now))];
    const change = is / then - 1;
    const word = change > 0 === (figure === 'perSecond') ? 'better' : 'WORSE';
    const percent = `${change > 0 ? '+' : ''}${Math.round(change * 100)} %`;
    return [
      `${name}, ${load}, ${figure}`,
      times(then),
      times(is),
      percent,
      Math.abs(change) > MOVED ? word : '',
    ];
  });
}

function pick(result, load, figure) {
  return (result?.loads[load] ?? []).map((one) => one?.[figure]);
}
