/**
 * The first contract that `init` writes.
 */
export const FIRST_CONTRACT_TEXT = `/**
 * Guilds: what clusters ask each other about the guilds that they hold.
 */
import type { ContractOptions, Events, Handlers, Snowflake, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  /** Members over all guilds of one cluster. */
  getUserCount(): UInt;
  /** A guild, looked up where its shard lives; \`null\` if the bot is not in it. */
  getGuild(data: { guildId: Snowflake }): { name: string; memberCount: UInt } | null;
}

export interface GuildEvents extends Events {
  /** Something changed: drop the local copy. */
  guildChanged: { guildId: Snowflake };
}

export const options = {
  getUserCount: { reduce: 'sum' },
  getGuild: { target: { guild: 'guildId' } },
} as const satisfies ContractOptions<Guilds, GuildEvents>;
`;
