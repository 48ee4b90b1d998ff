import { EventEmitter } from 'node:events';
import type { WriteStream } from 'node:tty';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LiveTable } from '../../../src/cli/bots/table/live-table.js';
import type { ClusterInfo, ClusterManager } from '../../../src/index.js';
import { infoOf } from './cluster-infos.js';
import { SmallScreen } from './small-screen.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ROWS = 10;

function scene() {
  const screen = new SmallScreen(ROWS);
  const manager = Object.assign(new EventEmitter(), {
    clusters: [] as ClusterInfo[],
    stats: () => ({ inFlight: 0, waitingCalls: 0 }),
  });
  const terminal = Object.assign(new EventEmitter(), {
    columns: 60,
    rows: ROWS,
    write: (text: string) => screen.write(text),
  });
  const table = new LiveTable(manager as unknown as ClusterManager, terminal as unknown as WriteStream);
  return { screen, manager, table };
}

it('shows the clusters from the first one that is started, anew each second, and goes without a trace', () => {
  const { screen, manager, table } = scene();
  table.show();
  vi.advanceTimersByTime(3000);
  expect(screen.lines.join('')).toBe('');

  manager.clusters = [infoOf(0, { state: 'starting' })];
  manager.emit('clusterCreate');
  vi.advanceTimersByTime(0);
  expect(screen.lines[ROWS - 2]).toContain('starting');

  manager.clusters = [infoOf(0, { calls: 50 })];
  vi.advanceTimersByTime(1000);
  expect(screen.lines[ROWS - 2]).toContain('ready');
  expect(screen.lines[ROWS - 1]).toMatch(/^1 of 1 clusters ready, 2 shards, 100 guilds, 50 calls\/s/);

  table.remove();
  vi.advanceTimersByTime(3000);
  expect(screen.lines.join('')).toBe('');
});
