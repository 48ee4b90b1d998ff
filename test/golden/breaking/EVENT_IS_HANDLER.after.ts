import type { Events, Handlers } from 'shardwire/contract';

export interface GuildEvents extends Events {
  renamed: { name: string };
}

export interface Guilds extends Handlers {
  reload(): void;
}
