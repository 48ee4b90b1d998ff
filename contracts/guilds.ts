/**
 * Guilds: what clusters ask each other about the guilds that they hold.
 */
import type { ContractOptions, Errors, Events, Handlers, Snowflake, UInt } from 'shardwire/contract';

/** What one cluster knows about a guild. */
export interface GuildData {
  name: string;
  memberCount: UInt;
  channels: UInt;
}

export interface GuildErrors extends Errors {
  /** Discord says that the guild is down; asking again later may help. */
  GuildUnavailable: { guildId: Snowflake; retryAfterMs: UInt };
}

export interface Guilds extends Handlers {
  /** Members over all guilds of one cluster. */
  getUserCount(): UInt;
  /** A guild, looked up where its shard lives; `null` if the bot is not in it. */
  getGuildData(data: { guildId: Snowflake }): GuildData | null;
  /** The largest guild of one cluster; `null` if it holds none. */
  getTopGuild(): { name: string; members: UInt } | null;
}

export interface GuildEvents extends Events {
  /** Something changed: drop the local copy. */
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
