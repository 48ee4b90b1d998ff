import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventLoopLag } from '../../../src/cluster/event-loop-lag.js';
import { turn, useFakeClock } from '../../support/turns.js';

let lag: EventLoopLag;

beforeEach(() => void (lag = new EventLoopLag()));
afterEach(() => {
  lag.stop();
  vi.useRealTimers();
});

/** Time passes, and nothing of this process has its turn. */
function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('event-loop lag', () => {
  it('is 0 while nothing is late, and measured from the first call', () => {
    useFakeClock();

    const first = lag.sample();
    vi.advanceTimersByTime(1000);

    expect([first, lag.sample()]).toEqual([
      { meanLagMs: 0, maxLagMs: 0 },
      { meanLagMs: 0, maxLagMs: 0 },
    ]);
  });

  it('includes a block that has just ended even before the timers run, and only once', async () => {
    lag.sample();
    block(80);
    await turn();

    const after = lag.sample();
    const next = lag.sample();

    expect(after.maxLagMs).toBeGreaterThan(50);
    expect(after.maxLagMs).toBe(after.meanLagMs);
    expect(next.maxLagMs).toBeLessThan(50);
  });

  it('returns the last sample without starting a new one', () => {
    lag.sample();
    block(80);
    const sampled = lag.sample();

    expect([lag.current(), lag.current()]).toEqual([sampled, sampled]);
  });

  it('covers the time since the previous call where there are no samples', () => {
    lag.current();
    block(80);

    expect([lag.current().maxLagMs > 50, lag.current().maxLagMs < 50]).toEqual([true, true]);
  });
});
