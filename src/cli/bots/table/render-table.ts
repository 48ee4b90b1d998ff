/**
 * Rendering the table: rows in, lines out, as many and as wide as there is room for.
 *
 * Pure. Where the terminal is narrow the columns go that matter least; where it is low, clusters that are ready go first.
 */
import { shardsText } from '../shards-text.js';
import type { TableRow } from './table-row.js';

export interface TableRoom {
  readonly columns: number;
  /** Lines, header and summary included. */
  readonly lines: number;
  readonly colours: boolean;
}

/** What concerns the bot as a whole. */
export interface TableTotals {
  readonly inFlight: number;
  readonly waitingCalls: number;
}

interface Column {
  readonly title: string;
  readonly text: (row: TableRow) => string;
  /** The higher, the sooner it goes. */
  readonly dispensable: number;
  readonly align: 'left' | 'right';
}

const COLUMNS: readonly Column[] = [
  { title: 'cluster', text: ({ id }) => `${id}`, dispensable: 0, align: 'right' },
  { title: 'pid', text: ({ pid }) => shown(pid), dispensable: 6, align: 'right' },
  { title: 'shards', text: ({ shardList }) => shardsText(shardList), dispensable: 2, align: 'left' },
  { title: 'state', text: ({ state }) => state, dispensable: 0, align: 'left' },
  { title: 'guilds', text: ({ guilds }) => shown(guilds), dispensable: 1, align: 'right' },
  {
    title: 'calls/s',
    text: ({ callsPerSecond }) => rateText(callsPerSecond),
    dispensable: 3,
    align: 'right',
  },
  { title: 'lag ms', text: ({ lag }) => shown(lag?.mean), dispensable: 4, align: 'right' },
  { title: 'memory', text: ({ memory }) => sizeText(memory?.rss), dispensable: 5, align: 'right' },
  { title: 'uptime', text: ({ uptime }) => timeText(uptime), dispensable: 7, align: 'right' },
  { title: 'restarts', text: ({ restarts }) => `${restarts}`, dispensable: 8, align: 'right' },
];

const GAP = '  ';
const SMALLEST = 3;

/** No lines at all where there is room for next to nothing. */
export function renderTable(rows: readonly TableRow[], totals: TableTotals, room: TableRoom): string[] {
  if (room.lines < SMALLEST) return [];
  const { kept, left } = rowsFor(rows, room.lines - 2);
  const columns = columnsFor(kept, room.columns);
  const widths = columns.map((column) => widthOf(column, kept));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => padded(cell, widths[index] ?? 0, columns[index]?.align))
      .join(GAP)
      .trimEnd()
      .slice(0, room.columns);
  const header = line(columns.map(({ title }) => title));
  const body = kept.map((row) =>
    painted(line(columns.map(({ text }) => text(row))), row.state, room.colours),
  );
  const more = left === 0 ? [] : [`and ${left} more`.slice(0, room.columns)];
  return [header, ...body, ...more, summary(rows, totals).slice(0, room.columns)];
}

/** One line is the note on how many are left out. */
function rowsFor(rows: readonly TableRow[], lines: number): { kept: readonly TableRow[]; left: number } {
  if (rows.length <= lines) return { kept: rows, left: 0 };
  const urgent = rows.toSorted((a, b) => Number(a.state === 'ready') - Number(b.state === 'ready'));
  const kept = urgent.slice(0, lines - 1).toSorted((a, b) => a.id - b.id);
  return { kept, left: rows.length - kept.length };
}

function columnsFor(rows: readonly TableRow[], width: number): readonly Column[] {
  let columns = COLUMNS;
  while (totalWidth(columns, rows) > width) {
    const worst = Math.max(...columns.map(({ dispensable }) => dispensable));
    if (worst === 0) break;
    columns = columns.filter(({ dispensable }) => dispensable !== worst);
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
const UNPAINTED = '\u001B[39m';

/** Only what wants to be looked at. */
function painted(line: string, state: TableRow['state'], colours: boolean): string {
  if (!colours || state === 'ready') return line;
  return `${state === 'failed' ? RED : YELLOW}${line}${UNPAINTED}`;
}

function summary(rows: readonly TableRow[], { inFlight, waitingCalls }: TableTotals): string {
  const ready = rows.filter(({ state }) => state === 'ready').length;
  const shards = rows.reduce((sum, { shardList }) => sum + shardList.length, 0);
  return [
    `${ready} of ${rows.length} clusters ready`,
    `${shards} ${shards === 1 ? 'shard' : 'shards'}`,
    `${shown(total(rows.map(({ guilds }) => guilds)))} guilds`,
    `${rateText(total(rows.map(({ callsPerSecond }) => callsPerSecond)))} calls/s`,
    `${inFlight} in flight`,
    `${waitingCalls} waiting`,
  ].join(', ');
}

/** Of those that are known; `undefined` if none is. */
function total(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}

function shown(value: number | undefined): string {
  return value === undefined ? '-' : `${value}`;
}

function rateText(rate: number | undefined): string {
  return shown(rate === undefined || rate < 10 ? rate && Math.round(rate * 10) / 10 : Math.round(rate));
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
