/**
 * The first contract that `init` writes.
 */
export const FIRST_CONTRACT_TEXT = `/**
 * Guilds: calls and events about the guilds of the bot.
 */
import type { ContractOptions, Events, Handlers, Snowflake, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  /** Number of members in all guilds of a cluster. */
  getUserCount(): UInt;
  /** A guild, from the cluster that has its shard; \`null\` if the bot is not in the guild. */
  getGuild(data: { guildId: Snowflake }): { name: string; memberCount: UInt } | null;
}

export interface GuildEvents extends Events {
  /** Sent when a guild changes, so that cached copies can be dropped. */
  guildChanged: { guildId: Snowflake };
}

export const options = {
  getUserCount: { reduce: 'sum' },
  getGuild: { target: { guild: 'guildId' } },
} as const satisfies ContractOptions<Guilds, GuildEvents>;
`;
