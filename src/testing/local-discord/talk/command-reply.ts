/**
 * What a test gets back from a slash command, and how it waits for it.
 */
import type { APIEmbed, APIMessage } from 'discord.js';
import type { Wait } from '../waits.js';
import { MessageFlag } from '../world/message-payload.js';
import { asApiMessage, type WireMessage } from '../world/wire.js';

/** What a bot answered to a slash command. */
export interface CommandReply {
  /** Text of the reply; empty if there is none. */
  readonly content: string;
  /** Embeds of the reply. */
  readonly embeds: readonly APIEmbed[];
  /** Message flags, as a bitfield. */
  readonly flags: number;
  /** Whether only the user who ran the command would see it. */
  readonly ephemeral: boolean;
  /** Whether the bot asked for more time first. */
  readonly deferred: boolean;
  /** The whole message, as Discord would hand it out. */
  readonly message: APIMessage;
}

export interface ReplyWait {
  readonly wait: Wait<CommandReply>;
  /** How the command is called in error messages. */
  readonly what: string;
  /** How long a deferred answer may take. */
  readonly deferredTimeoutMs: number;
}

export function replyOf(message: WireMessage, deferred: boolean): CommandReply {
  const { content, flags } = message;
  const ephemeral = (flags & MessageFlag.ephemeral) !== 0;
  const handedOut = asApiMessage(message);
  return { content, embeds: handedOut.embeds, flags, ephemeral, deferred, message: handedOut };
}
