import { describe, expect, it } from 'vitest';
import { IdentifyLimiter } from '../../../src/testing/local-discord/gateway/identify-limiter.js';
import { SessionStartLimit } from '../../../src/testing/local-discord/gateway/session-start-limit.js';

function clock() {
  let time = 0;
  return { now: () => time, advance: (ms: number) => (time += ms) };
}

describe('IdentifyLimiter', () => {
  it('lets one shard of a bucket identify per window', () => {
    const { now, advance } = clock();
    const limiter = new IdentifyLimiter({ maxConcurrency: 1, windowMs: 5_000, now });

    expect(limiter.tryTake(0)).toBe(true);
    expect(limiter.tryTake(1)).toBe(false);
    advance(4_999);
    expect(limiter.tryTake(1)).toBe(false);
    advance(1);
    expect(limiter.tryTake(1)).toBe(true);
  });

  it('lets shards of different buckets identify side by side', () => {
    const limiter = new IdentifyLimiter({ maxConcurrency: 4, windowMs: 5_000, now: clock().now });

    expect([0, 1, 2, 3].map((shard) => limiter.tryTake(shard))).toEqual([true, true, true, true]);
    expect([4, 5, 6, 7].map((shard) => limiter.tryTake(shard))).toEqual([false, false, false, false]);
  });

  it('does not make a refused shard wait anew', () => {
    const { now, advance } = clock();
    const limiter = new IdentifyLimiter({ maxConcurrency: 1, windowMs: 5_000, now });

    limiter.tryTake(0);
    advance(3_000);
    limiter.tryTake(1);
    advance(2_000);

    expect(limiter.tryTake(1)).toBe(true);
  });
});

describe('SessionStartLimit', () => {
  it('counts down to zero and no further', () => {
    const limit = new SessionStartLimit({
      total: 1_000,
      remaining: 2,
      resetAfterMs: 60_000,
      now: clock().now,
    });

    expect([limit.tryTake(), limit.tryTake(), limit.tryTake()]).toEqual([true, true, false]);
    expect(limit.snapshot()).toEqual({ total: 1_000, remaining: 0, reset_after: 60_000 });
  });

  it('is full again when the time has come', () => {
    const { now, advance } = clock();
    const limit = new SessionStartLimit({ total: 10, remaining: 0, resetAfterMs: 60_000, now });

    advance(59_000);
    expect(limit.snapshot()).toEqual({ total: 10, remaining: 0, reset_after: 1_000 });
    advance(1_000);

    expect(limit.tryTake()).toBe(true);
    expect(limit.snapshot()).toEqual({ total: 10, remaining: 9, reset_after: 60_000 });
  });
});
