import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  setOwner(data: { owner: { id: string }; at: string }): Set<string>;
}
