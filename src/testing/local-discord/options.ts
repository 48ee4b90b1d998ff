/**
 * The options of a local Discord, and their resolution.
 */
import { refusal, requireDuration, requireText, requireWhole } from './option-check.js';
import { type GuildSpec, type LocalGuild, resolveGuild } from './world/guild-spec.js';
import { makeGuilds } from './world/make-guilds.js';
import { makeBot, type UserSpec } from './world/users.js';
import type { WireUser } from './world/wire.js';

const DAY_MS = 86_400_000;
const MOST_INTENTS = 2 ** 31 - 1;

/** What a local Discord is like. Everything may be left out. */
export interface LocalDiscordOptions {
  /** The guilds the bot is in. See `makeGuilds` for many of them. Defaults to one. */
  readonly guilds?: readonly GuildSpec[] | undefined;
  /** The only token that is let in. Defaults to a made-up one, found at `discord.token`. */
  readonly token?: string | undefined;
  /** The bot user. */
  readonly user?: UserSpec | undefined;
  /** How many shards `GET /gateway/bot` recommends. Defaults to one per 1 000 guilds. */
  readonly recommendedShards?: number | undefined;
  /**
   * How many shards may identify at the same time. A new bot has 1 at Discord, and then discord.js waits five seconds
   * between two shards; so that tests are quick, it is 16 here.
   */
  readonly maxConcurrency?: number | undefined;
  /** How long a bucket (`shard_id % maxConcurrency`) is taken by one IDENTIFY. Defaults to 5 000 ms, as at Discord. */
  readonly identifyWindowMs?: number | undefined;
  /** The session starts that are left for the day. */
  readonly sessionStartLimit?: SessionStartLimitOptions | undefined;
  /** How often a bot must send heartbeats. After two intervals without, the gateway closes with 4009. Defaults to 41 250 ms. */
  readonly heartbeatIntervalMs?: number | undefined;
  /** Intents not switched on for the bot, as a bitfield: an IDENTIFY with one of them is closed with 4014. Defaults to 0. */
  readonly disallowedIntents?: number | undefined;
  /** The port, always on 127.0.0.1. Defaults to any that is free. */
  readonly port?: number | undefined;
}

/** The bot's session starts, as `GET /gateway/bot` returns them. */
export interface SessionStartLimitOptions {
  /** Defaults to 1 000. */
  readonly total?: number | undefined;
  /** Defaults to `total`. */
  readonly remaining?: number | undefined;
  /** When `total` are there again. Defaults to a day. */
  readonly resetAfterMs?: number | undefined;
}

export interface ResolvedOptions {
  readonly guilds: readonly LocalGuild[];
  readonly token: string;
  readonly bot: WireUser;
  readonly recommendedShards: number | undefined;
  readonly maxConcurrency: number;
  readonly identifyWindowMs: number;
  readonly startLimit: { readonly total: number; readonly remaining: number; readonly resetAfterMs: number };
  readonly heartbeatIntervalMs: number;
  readonly disallowedIntents: number;
  readonly port: number;
}

export function resolveOptions(options: LocalDiscordOptions): ResolvedOptions {
  const bot = makeBot(options.user);
  return {
    guilds: resolveGuilds(options.guilds ?? makeGuilds(1)),
    token: requireText('token', options.token ?? madeUpToken(bot.id)),
    bot,
    recommendedShards: optional(options.recommendedShards, (shards) => count('recommendedShards', shards)),
    maxConcurrency: count('maxConcurrency', options.maxConcurrency ?? 16),
    identifyWindowMs: requireDuration('identifyWindowMs', options.identifyWindowMs ?? 5_000),
    startLimit: resolveStartLimit(options.sessionStartLimit ?? {}),
    heartbeatIntervalMs: requireDuration('heartbeatIntervalMs', options.heartbeatIntervalMs ?? 41_250),
    disallowedIntents: requireWhole('disallowedIntents', options.disallowedIntents ?? 0, {
      min: 0,
      max: MOST_INTENTS,
    }),
    port: requireWhole('port', options.port ?? 0, { min: 0, max: 65_535 }),
  };
}

function resolveGuilds(specs: readonly GuildSpec[]): LocalGuild[] {
  if (!Array.isArray(specs)) throw refusal('guilds', 'an array of guilds', specs);
  return specs.map((spec: GuildSpec, index) => resolveGuild(spec, `guilds[${index}]`));
}

function resolveStartLimit(limit: SessionStartLimitOptions): ResolvedOptions['startLimit'] {
  const total = count('sessionStartLimit.total', limit.total ?? 1_000);
  const left = limit.remaining ?? total;
  return {
    total,
    remaining: requireWhole('sessionStartLimit.remaining', left, { min: 0, max: total }),
    resetAfterMs: requireDuration('sessionStartLimit.resetAfterMs', limit.resetAfterMs ?? DAY_MS),
  };
}

function count(option: string, value: unknown): number {
  return requireWhole(option, value, { min: 1 });
}

function optional<T, R>(value: T | undefined, resolve: (value: T) => R): R | undefined {
  return value === undefined ? undefined : resolve(value);
}

/** Its first part is the bot's id in base64, as in a real token: some libraries read it from there. */
function madeUpToken(botId: string): string {
  return `${Buffer.from(botId).toString('base64url')}.local.discord`;
}
