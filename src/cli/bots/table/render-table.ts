/**
 * Table rendering: rows in, lines out, within the space that the terminal has. Pure.
 *
 * A narrow terminal hides the least important columns, a low one hides clusters that are ready.
 */
import { shardsText } from '../shards-text.js';
import type { TableRow } from './table-row.js';

export interface TableSpace {
  readonly columns: number;
  /** Lines, header and summary included. */
  readonly lines: number;
  readonly colours: boolean;
}

/** Values of the bot as a whole. */
export interface TableTotals {
  readonly inFlight: number;
  readonly waitingCalls: number;
}

interface Column {
  readonly title: string;
  readonly text: (row: TableRow) => string;
  /** Columns with the highest priority are hidden first; those with 0 never are. */
  readonly dropPriority: number;
  readonly align: 'left' | 'right';
}

const COLUMNS: readonly Column[] = [
  { title: 'cluster', text: ({ id }) => `${id}`, dropPriority: 0, align: 'right' },
  { title: 'pid', text: ({ pid }) => numberText(pid), dropPriority: 6, align: 'right' },
  { title: 'shards', text: ({ shardList }) => shardsText(shardList), dropPriority: 2, align: 'left' },
  { title: 'state', text: ({ state }) => state, dropPriority: 0, align: 'left' },
  { title: 'guilds', text: ({ guilds }) => numberText(guilds), dropPriority: 1, align: 'right' },
  {
    title: 'calls/s',
    text: ({ callsPerSecond }) => rateText(callsPerSecond),
    dropPriority: 3,
    align: 'right',
  },
  { title: 'lag ms', text: ({ lag }) => numberText(lag?.mean), dropPriority: 4, align: 'right' },
  { title: 'memory', text: ({ memory }) => sizeText(memory?.rss), dropPriority: 5, align: 'right' },
  { title: 'uptime', text: ({ uptime }) => timeText(uptime), dropPriority: 7, align: 'right' },
  { title: 'restarts', text: ({ restarts }) => `${restarts}`, dropPriority: 8, align: 'right' },
];

const GAP = '  ';
const MIN_LINES = 3;

/** Returns no lines where there is not even space for header, summary and one row. */
export function renderTable(rows: readonly TableRow[], totals: TableTotals, space: TableSpace): string[] {
  if (space.lines < MIN_LINES) return [];
  const { kept, hidden } = selectRows(rows, space.lines - 2);
  const columns = selectColumns(kept, space.columns);
  const widths = columns.map((column) => widthOf(column, kept));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => padded(cell, widths[index] ?? 0, columns[index]?.align))
      .join(GAP)
      .trimEnd()
      .slice(0, space.columns);
  const header = line(columns.map(({ title }) => title));
  const body = kept.map((row) =>
    coloured(line(columns.map(({ text }) => text(row))), row.state, space.colours),
  );
  const more = hidden === 0 ? [] : [`and ${hidden} more`.slice(0, space.columns)];
  return [header, ...body, ...more, summary(rows, totals).slice(0, space.columns)];
}

/** One line is kept for the number of hidden rows. */
function selectRows(rows: readonly TableRow[], lines: number): { kept: readonly TableRow[]; hidden: number } {
  if (rows.length <= lines) return { kept: rows, hidden: 0 };
  const urgent = rows.toSorted((a, b) => Number(a.state === 'ready') - Number(b.state === 'ready'));
  const kept = urgent.slice(0, lines - 1).toSorted((a, b) => a.id - b.id);
  return { kept, hidden: rows.length - kept.length };
}

function selectColumns(rows: readonly TableRow[], width: number): readonly Column[] {
  let columns = COLUMNS;
  while (totalWidth(columns, rows) > width) {
    const highest = Math.max(...columns.map(({ dropPriority }) => dropPriority));
    if (highest === 0) break;
    columns = columns.filter(({ dropPriority }) => dropPriority !== highest);
  }
  return columns;
}

function totalWidth(columns: readonly Column[], rows: readonly TableRow[]): number {
  const widths = columns.map((column) => widthOf(column, rows));
  return widths.reduce((sum, width) => sum + width, GAP.length * (columns.length - 1));
}

function widthOf({ title, text }: Column, rows: readonly TableRow[]): number {
  return Math.max(title.length, ...rows.map((row) => text(row).length));
}

function padded(text: string, width: number, align: Column['align'] = 'left'): string {
  return align === 'left' ? text.padEnd(width) : text.padStart(width);
}

const RED = '\u001B[31m';
const YELLOW = '\u001B[33m';
const DEFAULT_COLOUR = '\u001B[39m';

/** Only rows that need attention are coloured. */
function coloured(line: string, state: TableRow['state'], colours: boolean): string {
  if (!colours || state === 'ready') return line;
  return `${state === 'failed' ? RED : YELLOW}${line}${DEFAULT_COLOUR}`;
}

function summary(rows: readonly TableRow[], { inFlight, waitingCalls }: TableTotals): string {
  const ready = rows.filter(({ state }) => state === 'ready').length;
  const shards = rows.reduce((sum, { shardList }) => sum + shardList.length, 0);
  return [
    `${ready} of ${rows.length} clusters ready`,
    `${shards} ${shards === 1 ? 'shard' : 'shards'}`,
    `${numberText(total(rows.map(({ guilds }) => guilds)))} guilds`,
    `${rateText(total(rows.map(({ callsPerSecond }) => callsPerSecond)))} calls/s`,
    `${inFlight} in flight`,
    `${waitingCalls} waiting`,
  ].join(', ');
}

/** Sum of the known values; `undefined` if none is known. */
function total(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}

function numberText(value: number | undefined): string {
  return value === undefined ? '-' : `${value}`;
}

function rateText(rate: number | undefined): string {
  return numberText(rate === undefined || rate < 10 ? rate && Math.round(rate * 10) / 10 : Math.round(rate));
}

function sizeText(bytes: number | undefined): string {
  return bytes === undefined ? '-' : `${Math.round(bytes / 2 ** 20)} MB`;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The two largest units. */
function timeText(ms: number): string {
  const part = (unit: number, of: number): number => Math.floor((ms % of) / unit);
  if (ms >= DAY) return `${Math.floor(ms / DAY)}d ${part(HOUR, DAY)}h`;
  if (ms >= HOUR) return `${part(HOUR, DAY)}h ${part(MINUTE, HOUR)}m`;
  if (ms >= MINUTE) return `${part(MINUTE, HOUR)}m ${part(SECOND, MINUTE)}s`;
  return `${part(SECOND, MINUTE)}s`;
}
