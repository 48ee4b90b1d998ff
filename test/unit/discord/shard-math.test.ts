import { describe, expect, it } from 'vitest';
import {
  clusterIdOfGuild,
  clusterIdOfShard,
  shardIdOf,
  shardRanges,
} from '../../../src/discord/shard-math.js';

describe('shardIdOf', () => {
  it('is what Discord says it is', () => {
    expect(shardIdOf('197038439483310086', 16)).toBe(Number((197_038_439_483_310_086n >> 22n) % 16n));
    expect([shardIdOf('0', 7), shardIdOf('4194304', 7), shardIdOf('4194303', 7)]).toEqual([0, 1, 0]);
  });

  it.each(['', 'abc', '-1', '1.5', '0x10', ' 1', '1'.repeat(21), 5, 5n, null, undefined, {}, Symbol('s')])(
    'refuses %s',
    (guildId) => {
      expect(() => shardIdOf(guildId as string, 4)).toThrow(RangeError);
    },
  );
});

describe('shardRanges', () => {
  it('deals consecutive ranges, the larger ones first', () => {
    expect(shardRanges(7, 3)).toEqual([
      [0, 1, 2],
      [3, 4],
      [5, 6],
    ]);
  });

  it('says what to do when there are fewer shards than clusters', () => {
    expect(() => shardRanges(2, 3)).toThrow(
      'totalShards (2) must be at least totalClusters (3): every cluster needs a shard. Lower totalClusters or raise totalShards.',
    );
  });

  it.each([
    [0, 1],
    [1, 0],
    [1.5, 1],
    [Number.NaN, 1],
    [100_000, 32_768],
  ])('refuses %d shards on %d clusters', (totalShards, totalClusters) => {
    expect(() => shardRanges(totalShards, totalClusters)).toThrow(RangeError);
  });
});

describe('clusterIdOfShard', () => {
  it.each([-1, 7, 0.5, Number.NaN, '1'])('refuses shard %s of 7', (shardId) => {
    expect(() => clusterIdOfShard(shardId as number, 7, 3)).toThrow(RangeError);
  });
});

describe('clusterIdOfGuild', () => {
  it('is the cluster with the guild`s shard', () => {
    const guildId = String(5n << 22n);

    expect([
      clusterIdOfGuild(guildId, 7, 3),
      clusterIdOfGuild(guildId, 7, 7),
      clusterIdOfGuild(guildId, 5, 5),
    ]).toEqual([2, 5, 0]);
  });
});
