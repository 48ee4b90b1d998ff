import { describe, expect, it } from 'vitest';
import { renderTable } from '../../../src/cli/bots/table/render-table.js';
import { TableRows } from '../../../src/cli/bots/table/table-row.js';
import { canRedraw, hasColours } from '../../../src/cli/bots/table/terminal.js';
import { infoOf } from './cluster-infos.js';

const NOTHING_OPEN = { inFlight: 0, waitingCalls: 0 };
const ROOM = { columns: 100, lines: 12, colours: false };

const row = (...[id, facts]: Parameters<typeof infoOf>) => ({ ...infoOf(id, facts), callsPerSecond: 12.34 });

const ROWS = [
  row(0, { uptime: 3 * 86_400_000 + 7_200_000, lag: { mean: 1.5, max: 30 } }),
  {
    ...row(1, {
      state: 'backoff',
      pid: undefined,
      guilds: undefined,
      lag: undefined,
      memory: undefined,
      uptime: 0,
      restarts: 3,
    }),
    callsPerSecond: undefined,
  },
  row(2, { state: 'starting', shardList: [4], uptime: 9_000 }),
];

describe('the table', () => {
  it('shows each cluster, and the bot as a whole', () => {
    expect(renderTable(ROWS, { inFlight: 7, waitingCalls: 2 }, ROOM).join('\n')).toMatchInlineSnapshot(`
      "cluster   pid  shards  state     guilds  calls/s  lag ms  memory  uptime  restarts
            0  4000  0-1     ready        100       12     1.5   80 MB   3d 2h         0
            1     -  2-3     backoff        -        -       -       -      0s         3
            2  4002  4       starting     102       12     0.3   80 MB      9s         0
      1 of 3 clusters ready, 5 shards, 202 guilds, 25 calls/s, 7 in flight, 2 waiting"
    `);
  });

  it.each([70, 50, 30])(
    'leaves out what matters least where the terminal is narrow: %d columns',
    (columns) => {
      const lines = renderTable(ROWS, NOTHING_OPEN, { ...ROOM, columns });

      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
      expect(lines.join('\n')).toMatchSnapshot();
    },
  );

  it('leaves out clusters that are well where the terminal is low', () => {
    const many = Array.from({ length: 9 }, (_, id) => row(id, { state: id === 7 ? 'failed' : 'ready' }));

    const lines = renderTable(many, NOTHING_OPEN, { ...ROOM, lines: 6, columns: 40 });

    expect(lines).toHaveLength(6);
    expect(lines.slice(1, 5).map((line) => line.trim().split(/\s+/)[0])).toEqual(['0', '1', '7', 'and']);
    expect(lines[4]).toBe('and 6 more');
  });

  it('is not there where there is no room', () => {
    expect(renderTable(ROWS, NOTHING_OPEN, { ...ROOM, lines: 2 })).toEqual([]);
  });

  it('colours only what wants to be looked at, and nothing where colours are not wanted', () => {
    const rows = [row(0), row(1, { state: 'backoff' }), row(2, { state: 'failed' })];

    const [, ready = '', backoff = '', failed = ''] = renderTable(rows, NOTHING_OPEN, {
      ...ROOM,
      colours: true,
    });

    expect(ready).not.toContain('\u001B');
    expect([backoff.slice(0, 5), backoff.slice(-5)]).toEqual(['\u001B[33m', '\u001B[39m']);
    expect([failed.slice(0, 5), failed.slice(-5)]).toEqual(['\u001B[31m', '\u001B[39m']);
    expect(renderTable(rows, NOTHING_OPEN, ROOM).join('')).not.toContain('\u001B');
  });
});

describe('a rate of calls', () => {
  it('is what came since the last look, per second', () => {
    const rows = new TableRows();
    const rate = (calls: number, now: number) => rows.take([infoOf(0, { calls })], now)[0]?.callsPerSecond;

    expect([rate(10, 1000), rate(20, 2000), rate(20, 3000), rate(60, 5000)]).toEqual([undefined, 10, 0, 20]);
  });

  it('is not known of a successor that has just begun to count', () => {
    const rows = new TableRows();
    rows.take([infoOf(0, { calls: 500 })], 1000);

    expect(rows.take([infoOf(0, { calls: 3 })], 2000)[0]?.callsPerSecond).toBeUndefined();
  });
});

it.each<[boolean, Record<string, string>, boolean]>([
  [true, { TERM: 'xterm' }, true],
  [false, { TERM: 'xterm' }, false],
  [true, { TERM: 'dumb' }, false],
  [true, { TERM: 'xterm', CI: 'true' }, false],
])('there is a table only where somebody looks: terminal %s, %j', (isTTY, env, isShown) => {
  expect(canRedraw({ isTTY }, env)).toBe(isShown);
});

it('has no colours under NO_COLOR', () => {
  expect([hasColours({}), hasColours({ NO_COLOR: '' }), hasColours({ NO_COLOR: '1' })]).toEqual([
    true,
    true,
    false,
  ]);
});
