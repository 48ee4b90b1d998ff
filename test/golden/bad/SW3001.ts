import type { ContractOptions, Events, Handlers, Snowflake } from 'shardwire/contract';

export interface Guilds extends Handlers {
  getGuild(data: { guildId: Snowflake }): string;
  getUserCount(): number;
}

export interface GuildEvents extends Events {
  reload: void;
}

export const options = {
  getGuild: { cache: true, target: 'secondary' },
  getUserCount: { idempotent: true, retry: { attempts: 2, delay: 5 } },
  reload: { reduce: 'sum' },
} as const satisfies ContractOptions<Guilds, GuildEvents>;
