import type { Guild } from 'discord.js';
import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  getGuild(data: { guildId: string }): Guild | null;
}
