import type { Handlers, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  getUserCount(): UInt;
  getName(): string;
}
