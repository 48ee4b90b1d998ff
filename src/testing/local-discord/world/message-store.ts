/**
 * The messages that were written, so that a bot can fetch, edit and delete them. The oldest are forgotten first.
 */
import type { WireMessage } from './wire.js';

const MOST_MESSAGES = 1_000;

export class MessageStore {
  readonly #messages = new Map<string, WireMessage>();

  put(message: WireMessage): WireMessage {
    this.#messages.set(message.id, message);
    const oldest = this.#messages.keys().next();
    if (this.#messages.size > MOST_MESSAGES && oldest.done !== true) this.#messages.delete(oldest.value);
    return message;
  }

  get(channelId: string, messageId: string): WireMessage | undefined {
    const message = this.#messages.get(messageId);
    return message?.channel_id === channelId ? message : undefined;
  }

  delete(messageId: string): boolean {
    return this.#messages.delete(messageId);
  }
}
