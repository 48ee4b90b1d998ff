/**
 * Report: what was measured, for people (RESULTS.md and a chart) and for the next run (results.json).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { contenders } from '../contenders/index.mjs';
import { botTable, callTables } from './call-tables.mjs';
import { drawScale } from './chart.mjs';
import { howMeasured, whatIsWhat } from './report-text.mjs';
import { scaleTables } from './scale.mjs';
import { startTables } from './start.mjs';
import { markdownTable, printTable } from './table.mjs';
import { judgeTargets } from './targets.mjs';

const file = (name) => new URL(`../${name}`, import.meta.url);
const peers = contenders.filter(({ peer }) => peer).map(({ name }) => name);

export async function writeReport(report) {
  writeFileSync(file('results.json'), `${JSON.stringify(report, rounded)}\n`);
  writeFileSync(file('scale.svg'), await drawScale(report.scale));
  writeFileSync(file('RESULTS.md'), markdown(report));
}

/** The last results; `undefined` where nobody measured yet. */
export function lastReport() {
  try {
    return JSON.parse(readFileSync(file('results.json'), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export function printReport(report) {
  for (const table of Object.values(tablesOf(report)).flat()) printTable(table);
}

function tablesOf({ calls, scale, start }) {
  const results = new Map(Object.entries(calls));
  return {
    targets: judgeTargets(results, peers),
    calls: [...callTables(results), botTable(results)],
    scale: scaleTables(scale),
    start: startTables(start),
  };
}

function markdown(report) {
  const tables = tablesOf(report);
  const chapter = (title, list) => [`## ${title}`, '', ...list.map(markdownTable)];
  return [
    '# Results',
    '',
    'Written by `npm run bench`; not by hand.',
    '',
    ...howMeasured(report),
    '',
    markdownTable({ ...tables.targets, level: 2 }),
    ...chapter('Side by side', tables.calls),
    ...whatIsWhat,
    '',
    ...chapter('Scale', tables.scale),
    '![Cost by number of clusters](scale.svg)',
    '',
    ...chapter('Start-up and size', tables.start),
  ].join('\n');
}

/** Four figures are more than the machine is good for. */
function rounded(key, value) {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}
