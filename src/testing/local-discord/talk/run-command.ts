/**
 * Somebody runs a slash command, and a test waits for what the bot says.
 */
import { randomBytes } from 'node:crypto';
import type { Gateway } from '../gateway/gateway.js';
import { LocalDiscordError } from '../local-discord-error.js';
import { refusal, requireDuration, requireText } from '../option-check.js';
import type { Waits } from '../waits.js';
import type { CommandStore } from '../world/command-store.js';
import { commandInteraction, type CommandOptionValue } from '../world/interaction-payload.js';
import type { SnowflakeSource } from '../snowflake.js';
import { makePerson, type UserSpec } from '../world/users.js';
import type { World } from '../world/world.js';
import type { CommandReply, ReplyWait } from './command-reply.js';
import type { Interactions } from './interactions.js';

const FIRST_ANSWER_MS = 3_000;
const DEFERRED_ANSWER_MS = 30_000;

/** A slash command that somebody runs in a guild. */
export interface RunCommandOptions {
  /** Id of the guild in which the command is run. */
  readonly guildId: string;
  /** Defaults to the guild's first channel. */
  readonly channelId?: string | undefined;
  /** The command, without its slash. */
  readonly name: string;
  /** The subcommand, if the command has subcommands. */
  readonly subcommand?: string | undefined;
  /** The group that the subcommand is in. */
  readonly group?: string | undefined;
  /**
   * The options by name. They have the types that the bot registered; where it registered none, a string is a string,
   * a boolean a boolean, a whole number an integer and any other number a number.
   */
  readonly options?: Readonly<Record<string, CommandOptionValue>> | undefined;
  /** The user who runs the command. Defaults to a user named `somebody`. */
  readonly user?: UserSpec | undefined;
  /** How long the first answer may take; a later one gets "Unknown interaction". Defaults to 3 000 ms, as at Discord. */
  readonly timeoutMs?: number | undefined;
  /** How long a deferred answer may take. Defaults to 30 000 ms; Discord itself gives 15 minutes. */
  readonly deferredTimeoutMs?: number | undefined;
}

export interface RunCommandDeps {
  readonly world: World;
  readonly ids: SnowflakeSource;
  readonly commands: CommandStore;
  readonly gateway: Gateway;
  readonly interactions: Interactions;
  readonly waits: Waits;
}

export async function runCommand(deps: RunCommandDeps, options: RunCommandOptions): Promise<CommandReply> {
  const name = requireText('runCommand(name)', options.name);
  const channel = deps.world.requireChannel(options.guildId, options.channelId);
  const what = `/${name} in guild ${channel.guildId}`;
  requireOptionValues(options.options ?? {});
  requireService(deps.gateway, channel.guildId, what);

  const id = deps.ids.next();
  const token = randomBytes(24).toString('base64url');
  const user = makePerson(options.user);
  const reply = openReply(deps, options, { id, what });
  deps.interactions.add({ id, token, type: 2, channelId: channel.id, user, reply });

  const registered = deps.commands.named(name, channel.guildId);
  const facts = { id, token, applicationId: deps.world.bot.id, user, channel, registered };
  deps.gateway.publish(channel.guildId, 'INTERACTION_CREATE', commandInteraction(options, facts));
  return reply.wait.promise;
}

function requireOptionValues(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (['string', 'number', 'boolean'].includes(typeof value)) continue;
    throw refusal(`runCommand(options.${name})`, 'a string, a number or a boolean', value);
  }
}

/** Without a session the command could only time out, so it is refused immediately. */
function requireService(gateway: Gateway, guildId: string, what: string): void {
  if (gateway.isServed({ guildId })) return;
  throw new LocalDiscordError('NO_SESSION', `${what}: no connected session serves the shard of this guild`);
}

function openReply(
  { waits, interactions }: RunCommandDeps,
  { timeoutMs, deferredTimeoutMs }: RunCommandOptions,
  { id, what }: { readonly id: string; readonly what: string },
): ReplyWait {
  const first = requireDuration('runCommand(timeoutMs)', timeoutMs ?? FIRST_ANSWER_MS);
  const later = requireDuration('runCommand(deferredTimeoutMs)', deferredTimeoutMs ?? DEFERRED_ANSWER_MS);
  const message = `${what}: the bot did not answer within ${first} ms`;
  return {
    wait: waits.open<CommandReply>(first, message, () => interactions.expire(id)),
    what,
    deferredTimeoutMs: later,
  };
}
