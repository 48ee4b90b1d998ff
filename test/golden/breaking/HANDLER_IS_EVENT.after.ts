import type { Events, Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  getName(): string;
}

export interface GuildEvents extends Events {
  reload: void;
}
