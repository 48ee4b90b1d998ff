import type { Handlers } from 'shardwire/contract';

interface Endless<T> {
  value: T;
  next?: Endless<T[]>;
}

export interface Guilds extends Handlers {
  get(): Endless<string>;
}
