import type { Handlers, Snowflake } from 'shardwire/contract';

export interface Guilds extends Handlers {
  get(): { id: Snowflake; mode: 'a' };
}
