import { describe, expect, it } from 'vitest';
import { renderTable } from '../../../src/cli/bots/table/render-table.js';
import { TableRows } from '../../../src/cli/bots/table/table-row.js';
import { infoOf } from './cluster-infos.js';

const NO_CALLS = { inFlight: 0, waitingCalls: 0 };
const SPACE = { columns: 100, lines: 12, colours: false };

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
  it('shows each cluster and a summary of the bot', () => {
    expect(renderTable(ROWS, { inFlight: 7, waitingCalls: 2 }, SPACE).join('\n')).toMatchInlineSnapshot(`
      "cluster   pid  shards  state     guilds  calls/s  lag ms  memory  uptime  restarts
            0  4000  0-1     ready        100       12     1.5   80 MB   3d 2h         0
            1     -  2-3     backoff        -        -       -       -      0s         3
            2  4002  4       starting     102       12     0.3   80 MB      9s         0
      1 of 3 clusters ready, 5 shards, 202 guilds, 25 calls/s, 7 in flight, 2 waiting"
    `);
  });

  it.each([70, 50, 30])('hides the least important columns on a narrow terminal: %d columns', (columns) => {
    const lines = renderTable(ROWS, NO_CALLS, { ...SPACE, columns });

    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines.join('\n')).toMatchSnapshot();
  });

  it('hides ready clusters on a low terminal', () => {
    const many = Array.from({ length: 9 }, (_, id) => row(id, { state: id === 7 ? 'failed' : 'ready' }));

    const lines = renderTable(many, NO_CALLS, { ...SPACE, lines: 6, columns: 40 });

    expect(lines).toHaveLength(6);
    expect(lines.slice(1, 5).map((line) => line.trim().split(/\s+/)[0])).toEqual(['0', '1', '7', 'and']);
    expect(lines[4]).toBe('and 6 more');
  });

  it('is empty where there is no space', () => {
    expect(renderTable(ROWS, NO_CALLS, { ...SPACE, lines: 2 })).toEqual([]);
  });

  it('colours only rows that need attention, and nothing without colours', () => {
    const rows = [row(0), row(1, { state: 'backoff' }), row(2, { state: 'failed' })];

    const [, ready = '', backoff = '', failed = ''] = renderTable(rows, NO_CALLS, {
      ...SPACE,
      colours: true,
    });

    expect(ready).not.toContain('\u001B');
    expect([backoff.slice(0, 5), backoff.slice(-5)]).toEqual(['\u001B[33m', '\u001B[39m']);
    expect([failed.slice(0, 5), failed.slice(-5)]).toEqual(['\u001B[31m', '\u001B[39m']);
    expect(renderTable(rows, NO_CALLS, SPACE).join('')).not.toContain('\u001B');
  });
});

describe('a rate of calls', () => {
  it('is the number of calls since the last sample, per second', () => {
    const rows = new TableRows();
    const rate = (calls: number, now: number) => rows.sample([infoOf(0, { calls })], now)[0]?.callsPerSecond;

    expect([rate(10, 1000), rate(20, 2000), rate(20, 3000), rate(60, 5000)]).toEqual([undefined, 10, 0, 20]);
  });

  it('is unknown for a new process that has just begun to count', () => {
    const rows = new TableRows();
    rows.sample([infoOf(0, { calls: 500 })], 1000);

    expect(rows.sample([infoOf(0, { calls: 3 })], 2000)[0]?.callsPerSecond).toBeUndefined();
  });
});
