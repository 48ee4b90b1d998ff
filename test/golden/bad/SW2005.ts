import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  getBits(): bigint;
  getKey(): symbol;
  fail(): never;
}
