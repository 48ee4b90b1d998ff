import type { Events, Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  [Symbol.iterator](): string;
}

export interface GuildEvents extends Events {
  [name: string]: { key: string };
}
