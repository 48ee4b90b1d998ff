import type { APIMessage } from 'discord.js';
import type { Handlers } from 'shardwire/contract';

export interface Messages extends Handlers {
  getMessage(): APIMessage;
}
