import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadyTimer } from '../../../src/supervisor/ready-timer.js';

let expired: number;
let clock: ReadyTimer;

beforeEach(() => {
  vi.useFakeTimers();
  expired = 0;
  clock = new ReadyTimer(() => (expired += 1));
});
afterEach(() => void vi.useRealTimers());

describe('a ready clock', () => {
  it('does not count the time in which it is paused', () => {
    clock.start(100);
    vi.advanceTimersByTime(60);
    clock.pause();
    vi.advanceTimersByTime(100_000);
    clock.resume();
    vi.advanceTimersByTime(39);
    const before = expired;
    vi.advanceTimersByTime(1);

    expect([before, expired]).toEqual([0, 1]);
  });

  it('may be paused and resumed as often as it happens', () => {
    clock.start(100);
    clock.pause();
    clock.pause();
    clock.resume();
    clock.resume();
    vi.advanceTimersByTime(100);

    expect(expired).toBe(1);
  });

  it('stays stopped, whoever resumes it', () => {
    clock.start(100);
    clock.pause();
    clock.stop();
    clock.resume();
    vi.advanceTimersByTime(1000);

    expect([expired, vi.getTimerCount()]).toEqual([0, 0]);
  });
});
