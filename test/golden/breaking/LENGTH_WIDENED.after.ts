import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  get(): string[];
}
