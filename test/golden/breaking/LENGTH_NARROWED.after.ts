import type { Arr, Handlers, Snowflake, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  ban(data: { ids: Arr<Snowflake, { max: 100 }>; range: [from: UInt, to: UInt] }): void;
}
