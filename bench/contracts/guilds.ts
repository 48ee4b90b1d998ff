import type { Events, Handlers, Snowflake, Str, UInt } from 'shardwire/contract';

/** Four fields, as a command would ask. */
export interface GuildQuery {
  guildId: Snowflake;
  page: UInt;
  locale: Str<{ min: 2; max: 8 }>;
  fresh: boolean;
}

export interface Guild {
  name: string;
  memberCount: UInt;
  channels: UInt;
  owner: Snowflake;
  description: string | null;
}

export interface Member {
  id: Snowflake;
  name: string;
  joinedAt: UInt;
  roles: UInt;
  bot: boolean;
  nickname: string | null;
}

export interface Guilds extends Handlers {
  getGuild(data: GuildQuery): Guild;
  listMembers(data: GuildQuery): Member[];
}

export interface GuildEvents extends Events {
  changed: GuildQuery;
}
