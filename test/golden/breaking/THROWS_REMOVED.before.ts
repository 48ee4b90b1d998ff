import type { ContractOptions, Errors, Events, Handlers, Snowflake, UInt } from 'shardwire/contract';

export interface GuildErrors extends Errors {
  Busy: { retryAfterMs: UInt };
}

export interface Guilds extends Handlers {
  get(data: { id: Snowflake }): UInt;
}

export const options = { get: { throws: ['Busy'] } } as const satisfies ContractOptions<Guilds, Events, GuildErrors>;
