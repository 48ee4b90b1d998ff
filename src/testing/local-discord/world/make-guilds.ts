/**
 * Many guilds at once, the same ones in every run.
 */
import { requireWhole } from '../option-check.js';
import type { GuildSpec } from './guild-spec.js';

/**
 * The timestamp part of the first id, a day in March 2025. It is a multiple of every whole number up to 28 (and of 30,
 * 32, 64 ...), so that guild `i` is on shard `i % shards` for all those shard counts.
 */
const FIRST_TIMESTAMP = 321_253_732_800n;

/** What the guilds of {@link makeGuilds} have in common. */
export interface MakeGuildsOptions {
  /** Members each guild says it has, by its index. Defaults to `100 + index`. */
  readonly memberCount?: ((index: number) => number) | undefined;
  /** Text channels per guild. Defaults to 1. */
  readonly channels?: number | undefined;
}

/**
 * Makes `count` guilds named `Guild 0`, `Guild 1` and so on, spread evenly over the shards.
 *
 * Guild `i` is on shard `i % shards` for up to 28 shards; with more shards the guilds still go round
 * in order, but guild 0 need not be on shard 0. The ids are the same in every run.
 *
 * @example
 * const discord = await startLocalDiscord({ guilds: makeGuilds(20) });
 */
export function makeGuilds(count: number, options: MakeGuildsOptions = {}): GuildSpec[] {
  requireWhole('makeGuilds(count)', count, { min: 0 });
  const memberCount = options.memberCount ?? ((index: number) => 100 + index);

  return Array.from({ length: count }, (_, index) => ({
    id: String((FIRST_TIMESTAMP + BigInt(index)) << 22n),
    name: `Guild ${index}`,
    memberCount: memberCount(index),
    channels: options.channels ?? 1,
  }));
}
