import type { ContractOptions, Handlers, Snowflake, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  get(data: { id: Snowflake }): UInt;
}

export const options = { get: { reduce: 'sum', partial: true } } as const satisfies ContractOptions<Guilds>;
