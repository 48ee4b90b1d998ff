/**
 * Call tables: results of `measure` as one table per load, with ratios to the raw relay of the same round.
 */
import { loads } from './loads.mjs';
import { median, pick, ratios, spread } from './statistics.mjs';
import { figure, times } from './table.mjs';

const BASE = 'raw';

export function callTables(results) {
  return loads.flatMap((load) => {
    const rows = [...results].flatMap(([name, { loads: measured }]) => {
      const own = measured[load.name];
      return own === undefined ? [] : [row(load, name, own, results.get(BASE)?.loads[load.name])];
    });
    if (rows.length === 0) return [];
    return [{ title: load.says, columns: columnsOf(load), rows, notes: breaks(load, results) }];
  });
}

/** What kept a contender from having a figure in every round, or from getting all messages across. */
function breaks({ name }, results) {
  return [...results].flatMap(([contender, { broke, loads: measured }]) => {
    const here = broke.filter(({ load }) => load === name);
    const lost = (measured[name] ?? []).reduce((sum, one) => sum + (one?.lost ?? 0), 0);
    return [
      ...(here.length === 0 ? [] : [`${contender} failed in round ${list(here)}: ${here[0].why}`]),
      ...(lost === 0 ? [] : [`${contender} lost ${lost} events.`]),
    ];
  });
}

const list = (breaks) => breaks.map(({ round }) => round).join(', ');

function columnsOf({ receivers }) {
  const unit = receivers === undefined ? 'calls/s' : 'events/s';
  const shares = ['contender', unit, 'of raw', 'spread', 'manager us each', 'of raw'];
  return receivers === undefined ? [...shares, 'p50 us', 'p99 us'] : shares;
}

function row({ receivers }, name, own, base) {
  const middle = (key) => figure(median(pick(own, key)));
  const ofBase = (key) => ratios(pick(own, key), pick(base, key));
  const speed = ofBase('perSecond');
  const range = spread(speed);
  const shares = [
    name,
    middle('perSecond'),
    times(median(speed)),
    range === undefined ? '–' : range.map((one) => one.toFixed(2)).join('–'),
    middle('managerMicros'),
    times(median(ofBase('managerMicros'))),
  ];
  if (receivers !== undefined) return shares;
  return [...shares, middle('p50'), middle('p99')];
}

/** Start-up and memory of each contender's bot of two clusters. */
export function botTable(results) {
  const rows = [...results].map(([name, { startMs, peaks }]) => [
    name,
    figure(median(startMs)),
    figure(median(peaks.map((one) => one?.manager)) / 1e6),
    figure(median(peaks.map((one) => one?.cluster)) / 1e6),
  ]);
  return {
    title: 'A bot of two clusters',
    columns: ['contender', 'reachable ms', 'manager MB', 'cluster MB'],
    rows,
  };
}
