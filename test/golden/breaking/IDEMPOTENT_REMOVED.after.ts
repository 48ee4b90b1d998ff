import type { ContractOptions, Handlers, Snowflake, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  get(data: { id: Snowflake }): UInt;
}

export const options = { get: { timeout: 5_000 } } as const satisfies ContractOptions<Guilds>;
