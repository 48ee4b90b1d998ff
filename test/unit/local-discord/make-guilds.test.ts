import { describe, expect, it } from 'vitest';
import { makeGuilds } from '../../../src/testing/local-discord/world/make-guilds.js';
import { isSnowflake, shardOf } from '../../../src/testing/local-discord/snowflake.js';

describe('makeGuilds', () => {
  it('makes the same guilds every time, with valid ids of their own', () => {
    const guilds = makeGuilds(500);

    expect(makeGuilds(500)).toEqual(guilds);
    expect(guilds.every(({ id }) => isSnowflake(id))).toBe(true);
    expect(new Set(guilds.map(({ id }) => id)).size).toBe(500);
  });

  it('puts guild i on shard i % shards, for up to 28 shards', () => {
    const guilds = makeGuilds(100);

    for (let shards = 1; shards <= 28; shards++) {
      expect(guilds.map(({ id }) => shardOf(id, shards))).toEqual(guilds.map((_, index) => index % shards));
    }
  });

  it('gives each guild the members asked for', () => {
    expect(makeGuilds(3, { memberCount: (index) => index * 10 }).map((guild) => guild.memberCount)).toEqual([
      0, 10, 20,
    ]);
  });

  it('names what is wrong with a count', () => {
    expect(() => makeGuilds(-1)).toThrow('makeGuilds(count) must be a whole number');
  });
});
