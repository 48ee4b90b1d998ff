import type { Handlers, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  find(data: { name: string; locale: string; filter: { tags?: string[]; limit?: UInt } }): void;
}
