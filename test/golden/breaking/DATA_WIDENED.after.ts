import type { Handlers, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  find(data: { by: 'name' | 'id'; id: string; limit?: UInt; locale?: string }): void;
}
