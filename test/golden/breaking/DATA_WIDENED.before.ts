import type { Handlers, Snowflake, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  find(data: { by: 'name'; id: Snowflake; limit: UInt }): void;
}
