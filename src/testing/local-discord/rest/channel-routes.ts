/**
 * Messages of channels: written, read, edited and deleted by the bot.
 */
import type { Conversation } from '../talk/conversation.js';
import type { LocalChannel } from '../world/guild-spec.js';
import type { WireMessage } from '../world/wire.js';
import type { World } from '../world/world.js';
import { notYours, unknown } from '../talk/api-error.js';
import { readMessage, readMessageEdit } from '../talk/message-body.js';
import type { Route, RouteCall } from './router.js';

export interface ChannelParts {
  readonly world: World;
  readonly conversation: Conversation;
}

const MESSAGES = '/channels/:channel/messages';
const ONE_MESSAGE = `${MESSAGES}/:message`;

export function channelRoutes(parts: ChannelParts): Route[] {
  return [
    {
      method: 'POST',
      pattern: MESSAGES,
      auth: 'bot',
      handle: (call) => ({ status: 200, body: say(parts, call) }),
    },
    {
      method: 'POST',
      pattern: '/channels/:channel/typing',
      auth: 'bot',
      handle: (call) => {
        channelOf(parts, call);
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      pattern: ONE_MESSAGE,
      auth: 'bot',
      handle: (call) => ({ status: 200, body: messageOf(parts, call) }),
    },
    {
      method: 'PATCH',
      pattern: ONE_MESSAGE,
      auth: 'bot',
      handle: (call) => ({ status: 200, body: edit(parts, call) }),
    },
    {
      method: 'DELETE',
      pattern: ONE_MESSAGE,
      auth: 'bot',
      handle: (call) => {
        parts.conversation.remove(messageOf(parts, call));
        return { status: 204 };
      },
    },
  ];
}

function say(parts: ChannelParts, call: RouteCall): WireMessage {
  const channel = channelOf(parts, call);
  return parts.conversation.say(channel, parts.world.bot, readMessage(call));
}

function edit(parts: ChannelParts, call: RouteCall): WireMessage {
  const message = messageOf(parts, call);
  if (message.author.id !== parts.world.bot.id) throw notYours();
  return parts.conversation.edit(message, readMessageEdit(call));
}

function messageOf(parts: ChannelParts, call: RouteCall): WireMessage {
  const message = parts.conversation.find(channelOf(parts, call), call.param('message'));
  if (message === undefined) throw unknown('message');
  return message;
}

function channelOf({ world }: ChannelParts, call: RouteCall): LocalChannel {
  const channel = world.channel(call.param('channel'));
  if (channel === undefined) throw unknown('channel');
  return channel;
}
