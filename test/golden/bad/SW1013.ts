import type { Events, Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  handle(): void;
  toString(): string;
}

export interface GuildEvents extends Events {
  then: void;
}
