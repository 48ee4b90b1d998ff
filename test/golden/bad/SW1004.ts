import type { Handlers } from 'shardwire/contract';

export interface Guilds<T extends string> extends Handlers {
  getUser(data: { name: T }): number;
}
