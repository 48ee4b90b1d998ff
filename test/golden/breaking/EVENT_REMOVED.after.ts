import type { Events } from 'shardwire/contract';

export interface GuildEvents extends Events {
  reload: void;
}
