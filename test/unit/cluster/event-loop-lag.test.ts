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
  it('is none while nothing is late, and measured from the first time it is asked for', () => {
    useFakeClock();

    const first = lag.take();
    vi.advanceTimersByTime(1000);

    expect([first, lag.take()]).toEqual([
      { meanLagMs: 0, maxLagMs: 0 },
      { meanLagMs: 0, maxLagMs: 0 },
    ]);
  });

  it('is told of a block that has just ended, by whoever asks before the timers have their turn, and once', async () => {
    lag.take();
    block(80);
    await turn();

    const after = lag.take();
    const next = lag.take();

    expect(after.maxLagMs).toBeGreaterThan(50);
    expect(after.maxLagMs).toBe(after.meanLagMs);
    expect(next.maxLagMs).toBeLessThan(50);
  });

  it('looks at what was taken last, and takes nothing away by it', () => {
    lag.take();
    block(80);
    const taken = lag.take();

    expect([lag.look(), lag.look()]).toEqual([taken, taken]);
  });

  it('is what was since the last look where nobody takes it', () => {
    lag.look();
    block(80);

    expect([lag.look().maxLagMs > 50, lag.look().maxLagMs < 50]).toEqual([true, true]);
  });
});
