import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  find(data: { name?: string; filter: { tags?: string[] } }): void;
}
