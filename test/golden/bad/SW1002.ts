import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  getUserCount(): number;
}

export interface Users extends Handlers {
  getUser(): string;
}
