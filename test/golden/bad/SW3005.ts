import type { ContractOptions, Handlers, Snowflake } from 'shardwire/contract';

export interface Guilds extends Handlers {
  getGuild(data: { guildId: string }): string;
  getMember(data: { guildId?: Snowflake }): string;
}

export const options = {
  getGuild: { target: { guild: 'guildId' } },
  getMember: { target: { guild: 'guildId' } },
} as const satisfies ContractOptions<Guilds>;
