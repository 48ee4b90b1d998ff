/**
 * Interactions: who was asked, and what the bot answered.
 *
 * One table of interactions, each with its life. A test may be waiting for the answer (`runCommand`) or not (an
 * INTERACTION_CREATE it dispatched by hand); the bot's side is the same.
 *
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding
 */
import { isRecord } from '../json.js';
import { LocalDiscordError } from '../local-discord-error.js';
import { alreadyAcknowledged, invalidField, unknown } from './api-error.js';
import { readDraft, readMessage, readMessageEdit, requireRecord, type SaidMessage } from './message-body.js';
import {
  editedMessage,
  type MessageDraft,
  MessageFlag,
  messagePayload,
  textDraft,
} from '../world/message-payload.js';
import type { MessageStore } from '../world/message-store.js';
import type { SnowflakeSource } from '../snowflake.js';
import type { WireMessage, WireUser } from '../world/wire.js';
import { replyOf, type ReplyWait } from './command-reply.js';

export interface InteractionStart {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly channelId: string;
  readonly user: WireUser;
  readonly reply?: ReplyWait | undefined;
}

type Life =
  | { readonly at: 'asked' }
  | { readonly at: 'deferred'; readonly message: WireMessage }
  | { readonly at: 'answered'; readonly message: WireMessage }
  | { readonly at: 'answeredOtherwise' };

interface Interaction extends InteractionStart {
  life: Life;
}

export interface InteractionDeps {
  readonly bot: WireUser;
  readonly ids: SnowflakeSource;
  readonly messages: MessageStore;
}

const MOST_INTERACTIONS = 1_000;

const CallbackType = { message: 4, deferredMessage: 5, deferredUpdate: 6, update: 7 } as const;
const OTHER_CALLBACK_TYPES: ReadonlySet<unknown> = new Set([8, 9, 10, 12]);

export class Interactions {
  readonly #deps: InteractionDeps;
  readonly #byId = new Map<string, Interaction>();

  constructor(deps: InteractionDeps) {
    this.#deps = deps;
  }

  add(start: InteractionStart): void {
    this.#byId.set(start.id, { ...start, life: { at: 'asked' } });
    const oldest = this.#byId.keys().next();
    if (this.#byId.size > MOST_INTERACTIONS && oldest.done !== true) this.#byId.delete(oldest.value);
  }

  /** Forgets an interaction that was not answered in time: from now on the bot gets "Unknown interaction". */
  expire(id: string): void {
    if (this.#byId.get(id)?.life.at === 'asked') this.#byId.delete(id);
  }

  /** The bot's first answer. Returns what it gets back when it asked for a response. */
  callback(id: string, token: string, said: SaidMessage): object {
    const interaction = this.#byId.get(id);
    if (interaction?.token !== token) throw unknown('interaction');
    if (interaction.life.at !== 'asked') throw alreadyAcknowledged();

    const { type, data } = requireRecord(said.body);
    this.#answer(interaction, type, { ...said, body: data ?? {} });
    return callbackResponse(interaction, type);
  }

  original(token: string): WireMessage {
    return this.#withMessage(token).message;
  }

  editOriginal(token: string, said: SaidMessage): WireMessage {
    const { interaction, message } = this.#withMessage(token);
    // The edit that ends a deferral is the first word of the answer, so it must say something.
    const edit = interaction.life.at === 'deferred' ? readMessage(said) : readMessageEdit(said);
    return this.#settle(interaction, editedMessage(message, edit));
  }

  deleteOriginal(token: string): void {
    const { interaction, message } = this.#withMessage(token);
    this.#deps.messages.delete(message.id);
    interaction.life = { at: 'answeredOtherwise' };
    this.#reject(interaction, 'the bot deleted its answer');
  }

  /** One more message. The first after a deferral takes the place of the answer. */
  followUp(token: string, said: SaidMessage): WireMessage {
    const interaction = this.#withToken(token);
    if (interaction.life.at === 'asked') throw unknown('webhook');
    if (interaction.life.at === 'deferred') return this.editOriginal(token, said);
    return this.#deps.messages.put(this.#message(interaction, readMessage(said)));
  }

  message(token: string, messageId: string): WireMessage {
    const message = this.#deps.messages.get(this.#withToken(token).channelId, messageId);
    if (message === undefined) throw unknown('message');
    return message;
  }

  editMessage(token: string, messageId: string, said: SaidMessage): WireMessage {
    const message = this.message(token, messageId);
    const { life } = this.#withToken(token);
    if ('message' in life && life.message.id === messageId) return this.editOriginal(token, said);
    return this.#deps.messages.put(editedMessage(message, readMessageEdit(said)));
  }

  deleteMessage(token: string, messageId: string): void {
    this.#deps.messages.delete(this.message(token, messageId).id);
  }

  #answer(interaction: Interaction, type: unknown, said: SaidMessage): void {
    switch (type) {
      case CallbackType.message:
        this.#settle(interaction, this.#message(interaction, readMessage(said)));
        return;
      case CallbackType.update:
        this.#settle(interaction, this.#message(interaction, readDraft(said)));
        return;
      case CallbackType.deferredMessage:
      case CallbackType.deferredUpdate:
        return this.#defer(interaction, said);
      default:
        return this.#answerOtherwise(interaction, type);
    }
  }

  #defer(interaction: Interaction, said: SaidMessage): void {
    const flags = (readMessageEdit(said).flags ?? 0) | MessageFlag.loading;
    const message = this.#deps.messages.put(this.#message(interaction, { ...textDraft(''), flags }));
    interaction.life = { at: 'deferred', message };

    const { reply } = interaction;
    if (reply === undefined) return;
    const late = `${reply.what}: the bot deferred its answer and did not give it within ${reply.deferredTimeoutMs} ms`;
    reply.wait.expireIn(reply.deferredTimeoutMs, late);
  }

  #answerOtherwise(interaction: Interaction, type: unknown): void {
    if (!OTHER_CALLBACK_TYPES.has(type)) {
      throw invalidField('type', 'BASE_TYPE_CHOICES', 'Value is not a known interaction callback type.');
    }
    interaction.life = { at: 'answeredOtherwise' };
    this.#reject(interaction, `the bot answered with callback type ${String(type)}, which is no message`);
  }

  #settle(interaction: Interaction, message: WireMessage): WireMessage {
    const deferred = interaction.life.at === 'deferred';
    interaction.life = { at: 'answered', message };
    interaction.reply?.wait.resolve(replyOf(message, deferred));
    return this.#deps.messages.put(message);
  }

  #reject({ reply }: Interaction, why: string): void {
    reply?.wait.reject(new LocalDiscordError('UNEXPECTED_RESPONSE', `${reply.what}: ${why}`));
  }

  #message({ id, type, channelId, user }: Interaction, draft: MessageDraft): WireMessage {
    const { bot, ids } = this.#deps;
    const interaction = { id, type, user, authorizing_integration_owners: {} };
    return messagePayload(draft, {
      id: ids.next(),
      channelId,
      author: bot,
      mentionable: [bot, user],
      interaction,
    });
  }

  #withMessage(token: string): { readonly interaction: Interaction; readonly message: WireMessage } {
    const interaction = this.#withToken(token);
    if ('message' in interaction.life) return { interaction, message: interaction.life.message };
    throw unknown('webhook');
  }

  #withToken(token: string): Interaction {
    for (const interaction of this.#byId.values()) if (interaction.token === token) return interaction;
    throw unknown('webhook');
  }
}

/** Reads an INTERACTION_CREATE that a test wrote by hand, as far as answering it needs. */
export function interactionStart(data: unknown, defaultUser: WireUser): InteractionStart | undefined {
  if (!isRecord(data) || typeof data['id'] !== 'string' || typeof data['token'] !== 'string') {
    return undefined;
  }
  const channelId = typeof data['channel_id'] === 'string' ? data['channel_id'] : data['id'];
  return { id: data['id'], token: data['token'], type: Number(data['type']), channelId, user: defaultUser };
}

/** @see https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object */
function callbackResponse({ id, type, life }: Interaction, callbackType: unknown): object {
  const message = 'message' in life ? life.message : undefined;
  const flags = message?.flags ?? 0;
  return {
    interaction: {
      id,
      type,
      response_message_id: message?.id,
      response_message_loading: (flags & MessageFlag.loading) !== 0,
      response_message_ephemeral: (flags & MessageFlag.ephemeral) !== 0,
    },
    resource: { type: callbackType, ...(message === undefined ? {} : { message }) },
  };
}
