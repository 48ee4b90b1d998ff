import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  setOwner(data: { owner: string; at: Date }): string[];
}
