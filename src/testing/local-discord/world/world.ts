/**
 * The world: which guilds and channels there are, and who the bot is.
 *
 * It holds data and answers questions; it knows nothing of sockets, sessions or requests.
 */
import { LocalDiscordError } from '../local-discord-error.js';
import type { LocalChannel, LocalGuild } from './guild-spec.js';
import { shardOf } from '../snowflake.js';
import type { WireUser } from './wire.js';

export class World {
  /** The bot's user. Its application has the same id, as that of most bots. */
  readonly bot: WireUser;
  readonly #guilds = new Map<string, LocalGuild>();
  readonly #channels = new Map<string, LocalChannel>();

  constructor(bot: WireUser, guilds: readonly LocalGuild[]) {
    this.bot = bot;
    for (const guild of guilds) this.add(guild);
  }

  get guildCount(): number {
    return this.#guilds.size;
  }

  guild(guildId: string): LocalGuild | undefined {
    return this.#guilds.get(guildId);
  }

  channel(channelId: string): LocalChannel | undefined {
    return this.#channels.get(channelId);
  }

  /** The guilds whose events one shard gets, in the order in which they were given. */
  guildsOf(shardId: number, numShards: number): LocalGuild[] {
    return [...this.#guilds.values()].filter((guild) => shardOf(guild.id, numShards) === shardId);
  }

  add(guild: LocalGuild): void {
    this.#refuseDoubles(guild);
    this.#guilds.set(guild.id, guild);
    for (const channel of guild.channels) this.#channels.set(channel.id, channel);
  }

  remove(guildId: string): void {
    for (const channel of this.requireGuild(guildId).channels) this.#channels.delete(channel.id);
    this.#guilds.delete(guildId);
  }

  requireGuild(guildId: string): LocalGuild {
    const guild = this.#guilds.get(guildId);
    if (guild !== undefined) return guild;
    throw new LocalDiscordError('UNKNOWN_GUILD', `there is no guild ${guildId} in this local Discord`);
  }

  /** A channel of a guild: the one asked for, or its first. */
  requireChannel(guildId: string, channelId?: string): LocalChannel {
    const { channels } = this.requireGuild(guildId);
    const channel =
      channelId === undefined ? channels[0] : channels.find((candidate) => candidate.id === channelId);
    if (channel !== undefined) return channel;
    throw new LocalDiscordError(
      'UNKNOWN_CHANNEL',
      `guild ${guildId} has no channel ${channelId ?? 'at all'}`,
    );
  }

  #refuseDoubles(guild: LocalGuild): void {
    if (this.#guilds.has(guild.id)) {
      throw new LocalDiscordError('INVALID_OPTION', `guild ${guild.id} was given twice`);
    }
    const ids = guild.channels.map((channel) => channel.id);
    const double = ids.find((id, index) => this.#channels.has(id) || ids.indexOf(id) !== index);
    if (double === undefined) return;
    throw new LocalDiscordError('INVALID_OPTION', `channel ${double} of guild ${guild.id} was given twice`);
  }
}
