import type { ContractOptions, Events, Handlers, Snowflake } from 'shardwire/contract';

export interface GuildEvents extends Events {
  changed: { id: Snowflake };
}

export const options = { changed: { timeout: 5_000 } } as const satisfies ContractOptions<Handlers, GuildEvents>;
