import type { Events, Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  handle(): void;
  toString(): string;
  errors(): string[];
  __proto__(): void;
}

export interface GuildEvents extends Events {
  then: void;
}
