import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isSnowflake, shardOf, SnowflakeSource } from '../../../src/testing/local-discord/snowflake.js';

describe('shardOf', () => {
  it('follows the formula of the documentation', () => {
    const guildId = String((7n << 22n) + 12_345n);

    expect(shardOf(guildId, 1)).toBe(0);
    expect(shardOf(guildId, 4)).toBe(3);
    expect(shardOf(guildId, 7)).toBe(0);
  });

  it('puts every guild on exactly one of the shards, for any id and shard count', () => {
    const id = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String);
    fc.assert(
      fc.property(id, fc.integer({ min: 1, max: 10_000 }), (guildId, numShards) => {
        const shard = shardOf(guildId, numShards);
        expect(Number.isInteger(shard) && shard >= 0 && shard < numShards).toBe(true);
      }),
    );
  });
});

describe('isSnowflake', () => {
  it.each(['1', '1347442036801536000', '18446744073709551615'])('accepts %s', (id) => {
    expect(isSnowflake(id)).toBe(true);
  });

  it.each([
    '',
    '0',
    '-1',
    '012',
    '1.5',
    '1e3',
    ' 1',
    'abc',
    '18446744073709551616',
    1347442036801536000,
    1n,
    null,
  ])('refuses %s', (id) => {
    expect(isSnowflake(id)).toBe(false);
  });
});

describe('SnowflakeSource', () => {
  it('gives ids that grow, even within one millisecond and when the clock runs backwards', () => {
    vi.useFakeTimers({ now: 1_800_000_000_000 });
    const ids = new SnowflakeSource();

    const made = [ids.next(), ids.next()];
    vi.setSystemTime(1_700_000_000_000);
    made.push(ids.next());
    vi.useRealTimers();

    expect(made.map(BigInt)).toEqual(made.map(BigInt).toSorted((a, b) => (a < b ? -1 : 1)));
    expect(new Set(made).size).toBe(3);
  });
});
