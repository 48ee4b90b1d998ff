import type { Handlers } from 'shardwire/contract';

declare const tag: unique symbol;

export interface Guilds extends Handlers {
  getKey(): symbol;
  getTable(): Record<symbol, string>;
  getTag(): { [tag]: string };
  fail(): never;
}
