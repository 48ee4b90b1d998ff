import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Heartbeat, resolveHeartbeat } from '../../../src/supervisor/heartbeat.js';

const INTERVAL_MS = 100;
const TIMEOUT_MS = 300;

let now: number;
let asked: number[];
let silent: [id: number, forMs: number][];
let heartbeat: Heartbeat<number>;

beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
  asked = [];
  silent = [];
  heartbeat = new Heartbeat(
    { intervalMs: INTERVAL_MS, timeoutMs: TIMEOUT_MS },
    { ping: (id) => asked.push(id), onSilent: (id, forMs) => silent.push([id, forMs]) },
    () => now,
  );
});
afterEach(() => void vi.useRealTimers());

/** Time passes evenly: timers fire when they are due. */
function pass(ms: number): void {
  for (let left = ms; left > 0; left -= INTERVAL_MS) {
    now += INTERVAL_MS;
    vi.advanceTimersByTime(INTERVAL_MS);
  }
}

/** The manager does not run for so long, and what was due comes late. */
function suspend(ms: number): void {
  now += ms;
}

describe('a heartbeat', () => {
  it('asks again and again, as long as answers come', () => {
    heartbeat.watch(1);

    for (let turn = 0; turn < 20; turn += 1) {
      pass(INTERVAL_MS);
      heartbeat.onPong(1);
    }

    expect(asked).toHaveLength(20);
    expect(silent).toEqual([]);
  });

  it('tells once of one that does not answer in time, and goes on with the others', () => {
    heartbeat.watch(1);
    heartbeat.watch(2);

    for (let turn = 0; turn < 10; turn += 1) {
      pass(INTERVAL_MS);
      heartbeat.onPong(2);
    }

    expect(silent).toEqual([[1, TIMEOUT_MS]]);
    expect(asked.filter((id) => id === 1)).toHaveLength(1);
    expect(asked.filter((id) => id === 2)).toHaveLength(10);
  });

  it('does not hold against a cluster what the manager slept through', () => {
    heartbeat.watch(1);
    pass(INTERVAL_MS);

    suspend(60_000);
    pass(INTERVAL_MS);
    heartbeat.onPong(1);
    pass(INTERVAL_MS);

    expect(silent).toEqual([]);
  });

  it('still finds the one that does not answer after that', () => {
    heartbeat.watch(1);
    pass(INTERVAL_MS);

    suspend(60_000);
    pass(TIMEOUT_MS);

    expect(silent).toHaveLength(1);
  });

  it('asks nobody who is gone, and rests when nobody is left', () => {
    heartbeat.watch(1);
    heartbeat.forget(1);
    heartbeat.onPong(1);

    pass(1000);

    expect(asked).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('resolveHeartbeat', () => {
  it('can be switched off', () => {
    expect(resolveHeartbeat(false)).toBeUndefined();
  });

  it.each([[{ interval: 0 }], [{ interval: 100, timeout: 50 }], [{ interval: -1 }]])(
    'refuses %j',
    (option) => {
      expect(() => resolveHeartbeat(option)).toThrow(RangeError);
    },
  );
});
