/**
 * Guilds as a test writes them down, and as the local Discord keeps them.
 *
 * A spec is checked here once, so that everything behind can trust its ids.
 */
import { refusal, requireSnowflake, requireText, requireWhole } from '../option-check.js';

const DEFAULT_OWNER_ID = '1347000000000000001';
const MOST_CHANNELS = 500;

/** A text channel of a guild. */
export interface ChannelSpec {
  /** A snowflake, as a string. */
  readonly id: string;
  /** Defaults to `channel-<position>`. */
  readonly name?: string | undefined;
}

/** A guild that the bot is in. Only the id is needed. */
export interface GuildSpec {
  /** A snowflake, as a string. It decides the shard: `(id >> 22) % shards`. */
  readonly id: string;
  /** Defaults to `Guild <id>`. */
  readonly name?: string | undefined;
  /** What the guild says of itself; no such number of members is made. Defaults to 2. */
  readonly memberCount?: number | undefined;
  /** Text channels, or how many of them to make. Defaults to 1. */
  readonly channels?: number | readonly ChannelSpec[] | undefined;
  /** Defaults to a user who is not the bot. */
  readonly ownerId?: string | undefined;
}

export interface LocalChannel {
  readonly id: string;
  readonly name: string;
  readonly guildId: string;
  readonly position: number;
}

export interface LocalGuild {
  readonly id: string;
  readonly name: string;
  readonly memberCount: number;
  readonly ownerId: string;
  readonly channels: readonly LocalChannel[];
}

/** Checks one spec and fills in what it leaves open. `option` is how error messages call it, `guilds[3]` say. */
export function resolveGuild(spec: GuildSpec, option: string): LocalGuild {
  if (typeof spec !== 'object' || spec === null) throw refusal(option, 'a guild such as { id: "…" }', spec);

  const id = requireSnowflake(`${option}.id`, spec.id);
  return {
    id,
    name: requireText(`${option}.name`, spec.name ?? `Guild ${id}`),
    memberCount: requireWhole(`${option}.memberCount`, spec.memberCount ?? 2, { min: 0 }),
    ownerId: requireSnowflake(`${option}.ownerId`, spec.ownerId ?? DEFAULT_OWNER_ID),
    channels: resolveChannels(spec.channels ?? 1, id, `${option}.channels`),
  };
}

function resolveChannels(
  channels: number | readonly ChannelSpec[],
  guildId: string,
  option: string,
): LocalChannel[] {
  const specs = typeof channels === 'number' ? numbered(channels, guildId, option) : channels;
  if (!Array.isArray(specs)) throw refusal(option, 'a number or an array of channels', specs);
  return specs.map((spec: ChannelSpec, position) => ({
    id: requireSnowflake(`${option}[${position}].id`, spec?.id),
    name: requireText(`${option}[${position}].name`, spec.name ?? `channel-${position}`),
    guildId,
    position,
  }));
}

function numbered(count: number, guildId: string, option: string): ChannelSpec[] {
  requireWhole(option, count, { min: 0, max: MOST_CHANNELS });
  return Array.from({ length: count }, (_, index) => ({ id: String(BigInt(guildId) + BigInt(index + 1)) }));
}
