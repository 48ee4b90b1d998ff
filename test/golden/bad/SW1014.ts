import type { Events, Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  reload(): void;
}

export interface GuildEvents extends Events {
  reload: void;
}
