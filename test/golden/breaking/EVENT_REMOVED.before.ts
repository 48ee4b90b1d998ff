import type { Events } from 'shardwire/contract';

export interface GuildEvents extends Events {
  renamed: { name: string };
  reload: void;
}
