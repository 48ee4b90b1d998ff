/**
 * Discord's payloads as plain JSON has them.
 *
 * discord.js types many numbers as enums, and enums exist at run time. Here payloads are data: `Wire<APIGuild>` is an
 * APIGuild whose enums are the numbers and strings they stand for.
 */
import type { APIMessage, APIUser } from 'discord.js';
import type { JsonRecord } from '../json.js';

export type Wire<T> = T extends string
  ? `${T}`
  : T extends number
    ? number
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T;

export type WireUser = Wire<APIUser>;

/** A message. What the bot put into it is handed on as it came. */
export interface WireMessage {
  readonly id: string;
  readonly type: number;
  readonly channel_id: string;
  readonly author: WireUser;
  readonly content: string;
  readonly timestamp: string;
  readonly edited_timestamp: string | null;
  readonly tts: boolean;
  readonly mention_everyone: boolean;
  readonly mentions: readonly WireUser[];
  readonly mention_roles: readonly string[];
  readonly attachments: readonly JsonRecord[];
  readonly embeds: readonly JsonRecord[];
  readonly components: readonly JsonRecord[];
  readonly pinned: boolean;
  readonly flags: number;
  readonly nonce?: string | number;
  readonly message_reference?: JsonRecord;
  readonly interaction_metadata?: JsonRecord;
  readonly application_id?: string;
  readonly webhook_id?: string;
}

/** The same message under the names that discord.js has for it, for whoever reads it in a test. */
export function asApiMessage(message: WireMessage): APIMessage {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unsafe-enum-assignment -- the same JSON
  return message as unknown as APIMessage;
}
