/**
 * Messages: what somebody wants to say (a draft), and the message that Discord makes of it.
 */
import type { JsonRecord } from '../json.js';
import type { WireMessage, WireUser } from './wire.js';

export interface MessageDraft {
  readonly content: string;
  readonly embeds: readonly JsonRecord[];
  readonly components: readonly JsonRecord[];
  readonly attachments: readonly JsonRecord[];
  readonly flags: number;
  readonly tts: boolean;
  readonly nonce: string | number | undefined;
  readonly reference: JsonRecord | undefined;
}

/** What an edit changes; `undefined` stays as it was. */
export interface MessageEdit {
  readonly content: string | undefined;
  readonly embeds: readonly JsonRecord[] | undefined;
  readonly components: readonly JsonRecord[] | undefined;
  readonly attachments: readonly JsonRecord[] | undefined;
  readonly flags: number | undefined;
}

/** Channel and author of a message. */
export interface MessageFacts {
  readonly id: string;
  readonly channelId: string;
  readonly author: WireUser;
  /** The users who exist, to find out who is mentioned. */
  readonly mentionable: readonly WireUser[];
  /** Set on an answer to an interaction. */
  readonly interaction?: JsonRecord | undefined;
}

export const MessageFlag = { ephemeral: 64, loading: 128 } as const;

const MessageType = { plain: 0, reply: 19, commandReply: 20 } as const;

export function textDraft(content: string): MessageDraft {
  return {
    content,
    embeds: [],
    components: [],
    attachments: [],
    flags: 0,
    tts: false,
    nonce: undefined,
    reference: undefined,
  };
}

export function messagePayload(draft: MessageDraft, facts: MessageFacts): WireMessage {
  return {
    id: facts.id,
    type: messageType(draft, facts),
    channel_id: facts.channelId,
    author: facts.author,
    content: draft.content,
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: draft.tts,
    mention_everyone: false,
    mentions: facts.mentionable.filter((user) => mentions(draft.content, user.id)),
    mention_roles: [],
    attachments: draft.attachments,
    embeds: draft.embeds,
    components: draft.components,
    pinned: false,
    flags: draft.flags,
    ...(draft.nonce === undefined ? {} : { nonce: draft.nonce }),
    ...(draft.reference === undefined ? {} : { message_reference: draft.reference }),
    ...interactionFields(facts),
  };
}

/** The same message after an edit; what the edit does not mention stays, and so does being ephemeral. */
export function editedMessage(message: WireMessage, edit: MessageEdit): WireMessage {
  const kept = message.flags & MessageFlag.ephemeral;
  return {
    ...message,
    content: edit.content ?? message.content,
    embeds: edit.embeds ?? message.embeds,
    components: edit.components ?? message.components,
    attachments: edit.attachments ?? message.attachments,
    flags: ((edit.flags ?? message.flags) | kept) & ~MessageFlag.loading,
    edited_timestamp: new Date().toISOString(),
  };
}

function messageType(draft: MessageDraft, facts: MessageFacts): number {
  if (facts.interaction !== undefined) return MessageType.commandReply;
  return draft.reference === undefined ? MessageType.plain : MessageType.reply;
}

function interactionFields(facts: MessageFacts): Partial<WireMessage> {
  if (facts.interaction === undefined) return {};
  return {
    interaction_metadata: facts.interaction,
    application_id: facts.author.id,
    webhook_id: facts.author.id,
  };
}

function mentions(content: string, userId: string): boolean {
  return content.includes(`<@${userId}>`) || content.includes(`<@!${userId}>`);
}
