import type { Handlers, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  get(): UInt;
}
