import type { Errors, Handlers, Snowflake, UInt } from 'shardwire/contract';

export interface GuildErrors extends Errors {
  Busy: { retryAfterMs: UInt };
}

export interface Guilds extends Handlers {
  get(data: { id: Snowflake }): UInt;
}
