import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  getUser(guildId: string, userId: string): string;
  getUsers(...ids: string[]): string;
}
