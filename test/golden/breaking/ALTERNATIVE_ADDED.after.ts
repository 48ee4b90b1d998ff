import type { Events, Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  get(): { state: 'up' | 'down' | 'lost'; name: string } | null;
}

export interface GuildEvents extends Events {
  changed: { state: 'up' | 'down' | 'lost' };
}
