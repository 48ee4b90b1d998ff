import type { Handlers, Snowflake, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  ban(data: { ids: Snowflake[]; range: [from: UInt, to?: UInt] }): void;
}
