import type { Events, Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  get(): { state: 'up' | 'down'; name: string };
}

export interface GuildEvents extends Events {
  changed: { state: 'up' | 'down' };
}
