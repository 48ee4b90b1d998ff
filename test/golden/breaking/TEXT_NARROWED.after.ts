import type { Handlers, Snowflake, Str } from 'shardwire/contract';

export interface Guilds extends Handlers {
  find(data: { id: Snowflake; name: Str<{ max: 32 }>; prefix: '!' | '?' }): void;
}
