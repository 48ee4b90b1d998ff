import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StatsSampler } from '../../../src/manager/stats.js';
import { useFakeClock } from '../../support/turns.js';

const nothingOpen = { pendingCalls: 0, servedCalls: 0, waitingBroadcasts: 0, queuedBytes: 0 };
const counts = { routedCalls: 0, inFlightCount: 2, waitingCount: 1, droppedEvents: 3, ignoredFrames: 5 };
let taker: StatsSampler;

beforeEach(() => {
  useFakeClock();
  counts.routedCalls = 0;
  taker = new StatsSampler(counts);
});
afterEach(() => void vi.useRealTimers());

function look() {
  return taker.sample(nothingOpen, { clusters: [], totalClusters: 4, totalShards: 8, jobs: { cron: 1 } });
}

function rateAfter(ms: number, calls: number): number {
  vi.advanceTimersByTime(ms);
  counts.routedCalls += calls;
  return look().callsPerSecond;
}

describe('manager stats', () => {
  it('are plain data', () => {
    const stats = look();

    expect(JSON.parse(JSON.stringify(stats))).toEqual(stats);
    expect(stats).toMatchObject({
      ...nothingOpen,
      pid: process.pid,
      uptime: 0,
      totalClusters: 4,
      totalShards: 8,
      jobs: { cron: 1 },
      inFlight: 2,
      waitingCalls: 1,
      droppedEvents: 3,
      ignoredFrames: 5,
    });
  });

  it('count calls per second from look to look', () => {
    expect([rateAfter(0, 0), rateAfter(500, 50), rateAfter(1500, 150), rateAfter(2000, 0)]).toEqual([
      0, 100, 100, 0,
    ]);
  });

  it('give a second one who looks soon after the first the same rate, and cut nobody`s time short', () => {
    rateAfter(2000, 100);

    expect([rateAfter(10, 500), rateAfter(990, 0), rateAfter(10, 0)]).toEqual([50, 500, 500]);
  });
});
