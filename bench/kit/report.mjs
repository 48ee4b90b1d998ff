/**
 * Report: what was measured, for people (RESULTS.md and a chart) and for the next run (results.json).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { contenders } from '../contenders/index.mjs';
import { botTable, callTables } from './call-tables.mjs';
import { drawScale } from './chart.mjs';
import { overviewTable } from './overview.mjs';
import { howMeasured, whatIsWhat } from './report-text.mjs';
import { scaleTables } from './scale.mjs';
import { startTables } from './start.mjs';
import { markdownRows, markdownTable, printTable } from './table.mjs';
import { judgeTargets } from './targets.mjs';

const file = (name) => new URL(`../${name}`, import.meta.url);
const peers = contenders.filter(({ peer }) => peer).map(({ name }) => name);

export async function writeReport(report) {
  writeFileSync(file('results.json'), `${JSON.stringify(report, rounded)}\n`);
  writeFileSync(file('scale.svg'), await drawScale(report.scale));
  writeTables(report);
}

/** What is for people only: made anew from a report that stands. */
export function writeTables(report) {
  writeFileSync(file('RESULTS.md'), markdown(report));
  const readme = readFileSync(file('../README.md'), 'utf8');
  writeFileSync(file('../README.md'), withOverview(readme, report));
}

/** @throws Error when the README has no place for it. */
function withOverview(readme, report) {
  const place = /(<!-- npm run bench writes this table -->\n)[^<]*(<!-- end -->)/;
  if (!place.test(readme)) throw new Error('README.md has no place for the overview');
  return readme.replace(place, `$1\n${markdownRows(tablesOf(report).overview)}\n\n$2`);
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
    overview: overviewTable(results),
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
    markdownTable({ ...tables.overview, level: 2 }),
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
