import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  get(): { name: string; nick: string; locale: string; icon?: string };
}
