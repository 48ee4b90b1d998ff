/**
 * Guilds, channels and members as Discord words them, in GUILD_CREATE and over REST.
 */
import type {
  APIGuild,
  APIGuildMember,
  APIInteractionGuildMember,
  APIRole,
  APITextChannel,
  GatewayGuildCreateDispatchData,
} from 'discord.js';
import type { LocalChannel, LocalGuild } from './guild-spec.js';
import type { Wire, WireUser } from './wire.js';

const JOINED_AT = '2025-03-07T00:00:00.000000+00:00';
const LARGE_FROM = 250;

/** Every permission but administrator: a bot that checks before it acts gets through. */
export const EVERYONE_MAY = String((2n ** 47n - 1n) & ~8n);

/** What GUILD_CREATE says: the guild, and what only the gateway tells of it. */
export function guildCreatePayload(guild: LocalGuild, bot: WireUser): Wire<GatewayGuildCreateDispatchData> {
  return {
    ...guildPayload(guild),
    joined_at: JOINED_AT,
    large: guild.memberCount >= LARGE_FROM,
    unavailable: false,
    member_count: guild.memberCount,
    members: [memberPayload(bot)],
    channels: guild.channels.map(channelPayload),
    voice_states: [],
    threads: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** What `GET /guilds/:id` says. */
export function guildPayload(guild: LocalGuild): Wire<APIGuild> {
  return {
    ...UNREMARKABLE,
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    roles: [everyoneRole(guild)],
    emojis: [],
    stickers: [],
    features: [],
    approximate_member_count: guild.memberCount,
  };
}

export function channelPayload(channel: LocalChannel): Wire<APITextChannel> {
  return {
    id: channel.id,
    type: 0,
    guild_id: channel.guildId,
    name: channel.name,
    position: channel.position,
    permission_overwrites: [],
    nsfw: false,
    parent_id: null,
    topic: null,
    last_message_id: null,
    rate_limit_per_user: 0,
  };
}

export function memberPayload(user: WireUser): Wire<APIGuildMember> {
  return {
    user,
    roles: [],
    nick: null,
    avatar: null,
    banner: null,
    joined_at: JOINED_AT,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
  };
}

/** A member as an interaction names it, with what it may do. */
export function interactingMember(user: WireUser): Wire<APIInteractionGuildMember> {
  return { ...memberPayload(user), user, permissions: EVERYONE_MAY };
}

/** All that a guild must say about itself and no test so far cared for. */
const UNREMARKABLE = {
  icon: null,
  splash: null,
  discovery_splash: null,
  banner: null,
  description: null,
  vanity_url_code: null,
  afk_channel_id: null,
  afk_timeout: 300,
  application_id: null,
  default_message_notifications: 0,
  explicit_content_filter: 0,
  hub_type: null,
  incidents_data: null,
  mfa_level: 0,
  nsfw_level: 0,
  preferred_locale: 'en-US',
  premium_progress_bar_enabled: false,
  premium_tier: 0,
  public_updates_channel_id: null,
  rules_channel_id: null,
  safety_alerts_channel_id: null,
  system_channel_flags: 0,
  system_channel_id: null,
  verification_level: 0,
} as const;

function everyoneRole(guild: LocalGuild): Wire<APIRole> {
  return {
    id: guild.id,
    name: '@everyone',
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position: 0,
    permissions: EVERYONE_MAY,
    managed: false,
    mentionable: false,
    flags: 0,
  };
}
