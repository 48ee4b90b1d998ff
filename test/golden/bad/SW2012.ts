import type { Handlers } from 'shardwire/contract';

interface Empty {}

export interface Guilds extends Handlers {
  first(data: {}): void;
  second(data: object): void;
  third(data: Empty): void;
}
