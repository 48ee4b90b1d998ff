import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  find(data: { id: string; name: string; prefix: string }): void;
}
