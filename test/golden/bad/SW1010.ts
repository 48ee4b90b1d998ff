import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  get(data: string): string;
  get(data: number): number;
}
