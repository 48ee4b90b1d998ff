import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  set(data: { values: Record<string, string | number> }): void;
}
