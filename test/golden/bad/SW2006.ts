import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  getCode(): Uppercase<string>;
  getBits(): 1n | 2n;
  getTopic(): `guild:${Lowercase<string>}`;
}
