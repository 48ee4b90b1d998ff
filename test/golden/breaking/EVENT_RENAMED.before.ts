import type { Events } from 'shardwire/contract';

export interface GuildEvents extends Events {
  changed: { name: string };
  reload: void;
}
