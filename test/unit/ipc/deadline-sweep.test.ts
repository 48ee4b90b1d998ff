import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeadlineSweep } from '../../../src/ipc/client/deadline-sweep.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Waits that end at given times, and when each was ended. */
function makeWaits() {
  const ended: [what: string, at: number][] = [];
  const open = new Map<string, number>();
  const start = performance.now();
  const sweep = new DeadlineSweep((now) => {
    for (const [what, deadline] of open) {
      if (deadline > now) continue;
      open.delete(what);
      ended.push([what, Math.round(now - start)]);
    }
    if (open.size === 0) sweep.onIdle();
    return Math.min(Number.POSITIVE_INFINITY, ...open.values());
  });
  return {
    ended,
    sweep,
    add: (what: string, ms: number): void => {
      const deadline = sweep.now() + ms;
      open.set(what, deadline);
      sweep.onOpen(deadline, open.size === 1);
    },
    end: (what: string): void => {
      open.delete(what);
      if (open.size === 0) sweep.onIdle();
    },
  };
}

/** The timers that were set, in order. */
function spyOnTimers() {
  const set = vi.spyOn(globalThis, 'setTimeout');
  return {
    count: () => set.mock.results.length,
    last: () => set.mock.results.at(-1)?.value as NodeJS.Timeout,
  };
}

describe('DeadlineSweep', () => {
  it('ends each wait at its own deadline, whatever the order they were opened in', async () => {
    const { add, ended } = makeWaits();

    add('slow', 1000);
    add('fast', 50);
    add('middle', 500);
    await vi.advanceTimersByTimeAsync(2000);

    expect(ended).toEqual([
      ['fast', 50],
      ['middle', 500],
      ['slow', 1000],
    ]);
  });

  it('ends nothing before its time', async () => {
    const { add, ended } = makeWaits();

    add('wait', 50);
    await vi.advanceTimersByTimeAsync(49);

    expect(ended).toEqual([]);
  });

  it('ends the shortest wait within a few milliseconds', async () => {
    const { add, ended } = makeWaits();

    add('short', 1);
    await vi.advanceTimersByTimeAsync(5);

    expect(ended).toHaveLength(1);
  });

  it('sets one timer for many waits', () => {
    const { add } = makeWaits();
    const timers = spyOnTimers();

    for (let index = 0; index < 100; index += 1) add(`wait ${index}`, 30_000 + index);

    expect(timers.count()).toBe(1);
  });

  it('takes the longest wait there is', async () => {
    const { add, ended } = makeWaits();

    add('for ever', 2_147_483_647);
    await vi.advanceTimersByTimeAsync(2_147_483_646);
    const before = ended.length;
    await vi.advanceTimersByTimeAsync(10);

    expect([before, ended.length]).toEqual([0, 1]);
  });

  it('keeps the process alive only while a wait is open', () => {
    const { add, end } = makeWaits();
    const timers = spyOnTimers();

    add('first', 1000);
    const open = timers.last().hasRef();
    end('first');
    const idle = timers.last().hasRef();
    add('second', 2000);
    const again = timers.last().hasRef();

    expect([open, idle, again]).toEqual([true, false, true]);
  });

  it('ends a wait that was opened while nothing was open', async () => {
    const { add, end, ended } = makeWaits();
    add('first', 1000);
    end('first');

    add('second', 2000);
    await vi.advanceTimersByTimeAsync(2010);

    expect(ended.map(([what]) => what)).toEqual(['second']);
  });
});
