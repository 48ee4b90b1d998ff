import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  echo<T>(data: T): T;
}
