import type { Handlers, Snowflake } from 'shardwire/contract';

export interface Guilds extends Handlers {
  get(): { name: string; owner: { id: Snowflake }; icon: string };
}
