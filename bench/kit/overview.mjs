/**
 * Overview: one line per contender, for whoever wants to know who is faster and by how much.
 */
import { loads } from './loads.mjs';
import { medianRatio, pick } from './statistics.mjs';
import { times } from './table.mjs';

const BASE = 'raw';
const LEFT_OUT = ['limit', 'shardwire'];
const COLUMNS = {
  serial: 'one call at a time',
  64: '64 in flight',
  1000: '1000 in flight',
  large: '14 kB answers',
  'tell-1': 'one-way events',
  'all-8': 'asking 8 clusters',
};

/** Calls or events per second as ratios to the raw relay, the fastest at 64 calls in flight first. */
export function overviewTable(results) {
  const speeds = (name, load) => pick(results.get(name).loads[load], 'perSecond');
  const ratio = (name, load) => medianRatio(speeds(name, load), speeds(BASE, load));
  const names = [...results.keys()].filter((name) => !LEFT_OUT.includes(name));
  const sorted = names.toSorted((one, other) => ratio(other, '64') - ratio(one, '64'));
  const measured = loads.map(({ name }) => name).filter((name) => name in COLUMNS);
  return {
    title: 'At a glance: calls or events per second, relative to `raw`',
    columns: ['contender', ...measured.map((load) => COLUMNS[load])],
    rows: sorted.map((name) => [titleOf(name), ...measured.map((load) => times(ratio(name, load)))]),
  };
}

function titleOf(name) {
  if (name === BASE) return 'a relay over `process.send`, by hand';
  if (name === 'shardwire-typed') return '**Shardwire**, checked';
  return name === 'discord.js' ? 'discord.js ShardingManager' : name;
}
