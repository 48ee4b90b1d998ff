/**
 * The conversation in the guilds' channels: what is said reaches the shard of the guild, whoever said it.
 *
 * The bot's own messages come back to it as MESSAGE_CREATE too, as with Discord.
 */
import type { LocalChannel } from '../world/guild-spec.js';
import { memberPayload } from '../world/guild-payload.js';
import {
  editedMessage,
  type MessageDraft,
  type MessageEdit,
  messagePayload,
} from '../world/message-payload.js';
import type { MessageStore } from '../world/message-store.js';
import type { SnowflakeSource } from '../snowflake.js';
import type { WireMessage, WireUser } from '../world/wire.js';
import type { World } from '../world/world.js';

export interface ConversationDeps {
  readonly world: World;
  readonly messages: MessageStore;
  readonly ids: SnowflakeSource;
  readonly publish: (guildId: string, t: string, d: unknown) => void;
}

export class Conversation {
  readonly #deps: ConversationDeps;

  constructor(deps: ConversationDeps) {
    this.#deps = deps;
  }

  say(channel: LocalChannel, author: WireUser, draft: MessageDraft): WireMessage {
    const { world, messages, ids } = this.#deps;
    const facts = { id: ids.next(), channelId: channel.id, author, mentionable: [world.bot] };
    const message = messages.put(messagePayload(draft, facts));
    this.#tell(channel, 'MESSAGE_CREATE', message);
    return message;
  }

  find(channel: LocalChannel, messageId: string): WireMessage | undefined {
    return this.#deps.messages.get(channel.id, messageId);
  }

  edit(message: WireMessage, edit: MessageEdit): WireMessage {
    const edited = this.#deps.messages.put(editedMessage(message, edit));
    const channel = this.#deps.world.channel(message.channel_id);
    if (channel !== undefined) this.#tell(channel, 'MESSAGE_UPDATE', edited);
    return edited;
  }

  remove(message: WireMessage): void {
    this.#deps.messages.delete(message.id);
    const guildId = this.#deps.world.channel(message.channel_id)?.guildId;
    if (guildId === undefined) return;
    const gone = { id: message.id, channel_id: message.channel_id, guild_id: guildId };
    this.#deps.publish(guildId, 'MESSAGE_DELETE', gone);
  }

  #tell({ guildId }: LocalChannel, t: string, message: WireMessage): void {
    const { user: _, ...member } = memberPayload(message.author);
    this.#deps.publish(guildId, t, { ...message, guild_id: guildId, member });
  }
}
