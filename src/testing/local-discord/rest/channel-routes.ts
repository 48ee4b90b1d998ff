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

export interface ChannelDeps {
  readonly world: World;
  readonly conversation: Conversation;
}

const MESSAGES = '/channels/:channel/messages';
const ONE_MESSAGE = `${MESSAGES}/:message`;

export function channelRoutes(deps: ChannelDeps): Route[] {
  return [
    {
      method: 'POST',
      pattern: MESSAGES,
      auth: 'bot',
      handle: (call) => ({ status: 200, body: say(deps, call) }),
    },
    {
      method: 'POST',
      pattern: '/channels/:channel/typing',
      auth: 'bot',
      handle: (call) => {
        channelOf(deps, call);
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      pattern: ONE_MESSAGE,
      auth: 'bot',
      handle: (call) => ({ status: 200, body: messageOf(deps, call) }),
    },
    {
      method: 'PATCH',
      pattern: ONE_MESSAGE,
      auth: 'bot',
      handle: (call) => ({ status: 200, body: edit(deps, call) }),
    },
    {
      method: 'DELETE',
      pattern: ONE_MESSAGE,
      auth: 'bot',
      handle: (call) => {
        deps.conversation.remove(messageOf(deps, call));
        return { status: 204 };
      },
    },
  ];
}

function say(deps: ChannelDeps, call: RouteCall): WireMessage {
  const channel = channelOf(deps, call);
  return deps.conversation.say(channel, deps.world.bot, readMessage(call));
}

function edit(deps: ChannelDeps, call: RouteCall): WireMessage {
  const message = messageOf(deps, call);
  if (message.author.id !== deps.world.bot.id) throw notYours();
  return deps.conversation.edit(message, readMessageEdit(call));
}

function messageOf(deps: ChannelDeps, call: RouteCall): WireMessage {
  const message = deps.conversation.find(channelOf(deps, call), call.param('message'));
  if (message === undefined) throw unknown('message');
  return message;
}

function channelOf({ world }: ChannelDeps, call: RouteCall): LocalChannel {
  const channel = world.channel(call.param('channel'));
  if (channel === undefined) throw unknown('channel');
  return channel;
}
