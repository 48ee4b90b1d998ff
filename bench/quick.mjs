/**
 * Quick: a minute's look at whether something moved. Compared with the quick measurement that the last full run ended
 * with, by ratios to `raw` of the same round; never part of the tests, since a busy machine moves things, too.
 *
 * Usage: npm run bench -- --quick
 */
import { installPeers, prepareLibrary } from './kit/library.mjs';
import { machine } from './kit/machine.mjs';
import { measureQuickly, QUICK_CONTENDERS, QUICK_LOADS } from './kit/quick.mjs';
import { lastReport } from './kit/report.mjs';
import { median, pick, ratios, spread } from './kit/statistics.mjs';
import { printTable, times } from './kit/table.mjs';

const MOVED = 0.2;

const last = lastReport();
if (last?.quick === undefined) throw new Error('there are no results to compare with: npm run bench first');
prepareLibrary();
installPeers();
const now = Object.fromEntries(await measureQuickly((text) => console.error(text)));

const rows = QUICK_LOADS.flatMap((load) => QUICK_CONTENDERS.slice(1).map((name) => compared(name, load)));
printTable({
  title: `Ratios to raw, beside those of ${last.machine.date}`,
  columns: ['contender, load, figure', 'then', 'now', 'moved', ''],
  rows: rows.flat(),
});
const { load, cores } = machine();
// Alone, the bench keeps a processor or two and a half busy.
if (load > 2 * cores) console.log(`\nThe machine is busy (load ${load}): much of this may be others' work.`);
const moved = rows.flat().filter((row) => row[4] === 'WORSE' || row[4] === 'better').length;
console.log(
  `\n${moved} of ${rows.flat().length} moved by more than 20 %, and by more than their rounds differ among themselves.`,
);

function compared(name, load) {
  const figures = load === 'serial' ? ['p50'] : ['perSecond', 'managerMicros'];
  return figures.map((figure) => {
    const ofRaw = ({ raw, [name]: own }) =>
      ratios(pick(own.loads[load], figure), pick(raw.loads[load], figure));
    const [before, after] = [ofRaw(last.quick), ofRaw(now)];
    const [then, is] = [median(before), median(after)];
    const change = is / then - 1;
    const percent = `${change > 0 ? '+' : ''}${Math.round(change * 100)} %`;
    const verdict = Math.abs(change) > MOVED ? verdictOn(figure, before, after) : '';
    return [`${name}, ${load}, ${figure}`, times(then), times(is), percent, verdict];
  });
}

/** Three rounds are few: what the rounds of then and now have in common says nothing. */
function verdictOn(figure, before, after) {
  const [low, high] = spread(before);
  const [lowNow, highNow] = spread(after);
  if (lowNow <= high && highNow >= low) return 'as rounds differ';
  return lowNow > high === (figure === 'perSecond') ? 'better' : 'WORSE';
}
