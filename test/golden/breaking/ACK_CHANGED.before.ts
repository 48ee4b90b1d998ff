import type { ContractOptions, Events, Handlers, Snowflake } from 'shardwire/contract';

export interface GuildEvents extends Events {
  changed: { id: Snowflake };
}

export const options = { changed: { ack: 'settled' } } as const satisfies ContractOptions<Handlers, GuildEvents>;
