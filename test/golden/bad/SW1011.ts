import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  userCount: number;
  getUser?(): string;
}
