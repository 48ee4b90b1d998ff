/**
 * Guilds: calls and events about the guilds of the bot.
 */
import type { ContractOptions, Errors, Events, Handlers, Snowflake, UInt } from 'shardwire/contract';

/** Data of a guild, from the cluster that has its shard. */
export interface GuildData {
  name: string;
  memberCount: UInt;
  channels: UInt;
}

export interface GuildErrors extends Errors {
  /** The guild is unavailable at Discord; a later retry may succeed. */
  GuildUnavailable: { guildId: Snowflake; retryAfterMs: UInt };
}

export interface Guilds extends Handlers {
  /** Number of members in all guilds of one cluster. */
  getUserCount(): UInt;
  /** A guild, from the cluster that has its shard; `null` if the bot is not in it. */
  getGuildData(data: { guildId: Snowflake }): GuildData | null;
  /** The largest guild of one cluster; `null` if the cluster has none. */
  getTopGuild(): { name: string; members: UInt } | null;
}

export interface GuildEvents extends Events {
  /** A guild or user changed: cached copies must be dropped. */
  invalidateCache: { type: 'guild' | 'user'; id: Snowflake };
}

export const options = {
  getUserCount: { timeout: 3_000, reduce: 'sum' },
  getGuildData: {
    target: { guild: 'guildId' },
    idempotent: true,
    retry: { attempts: 2, backoffMs: 50 },
    throws: ['GuildUnavailable'],
  },
  getTopGuild: { reduce: { maxBy: 'members' } },
  invalidateCache: { ack: 'settled', timeout: 10_000 },
} as const satisfies ContractOptions<Guilds, GuildEvents, GuildErrors>;
