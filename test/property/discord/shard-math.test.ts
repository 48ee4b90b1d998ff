import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterIdOfShard, shardIdOf, shardRanges } from '../../../src/discord/shard-math.js';

const plan = fc
  .tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }))
  .map(([one, other]) => [Math.max(one, other), Math.min(one, other)] as const);

describe('a shard plan', () => {
  it('covers every shard exactly once, in order, and as evenly as can be', () => {
    fc.assert(
      fc.property(plan, ([totalShards, totalClusters]) => {
        const ranges = shardRanges(totalShards, totalClusters);
        const sizes = ranges.map(({ length }) => length);

        expect(ranges).toHaveLength(totalClusters);
        expect(ranges.flat()).toEqual(Array.from({ length: totalShards }, (_, shard) => shard));
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is read backwards by clusterIdOfShard', () => {
    fc.assert(
      fc.property(plan, ([totalShards, totalClusters]) => {
        const owners = shardRanges(totalShards, totalClusters).flatMap((range, id) => range.map(() => id));

        expect(owners).toEqual(
          owners.map((_id, shard) => clusterIdOfShard(shard, totalShards, totalClusters)),
        );
      }),
    );
  });
});

describe('shardIdOf', () => {
  it('is the documented formula for every snowflake', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
        fc.integer({ min: 1, max: 10_000 }),
        (guildId, total) => {
          expect(shardIdOf(String(guildId), total)).toBe(Number((guildId >> 22n) % BigInt(total)));
        },
      ),
    );
  });
});
