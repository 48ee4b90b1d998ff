/**
 * Guilds, their channels and the few members there are.
 */
import { channelPayload, guildPayload, memberPayload } from '../world/guild-payload.js';
import type { LocalGuild } from '../world/guild-spec.js';
import type { WireUser } from '../world/wire.js';
import type { World } from '../world/world.js';
import { unknown } from '../talk/api-error.js';
import type { Route, RouteCall } from './router.js';

export function guildRoutes(world: World): Route[] {
  return [
    get('/guilds/:guild', (call) => guildPayload(guildOf(world, call))),
    get('/guilds/:guild/channels', (call) => guildOf(world, call).channels.map(channelPayload)),
    get('/guilds/:guild/members/:user', (call) => memberPayload(memberOf(world, call))),
    get('/users/:user', (call) => userOf(world, call)),
    get('/channels/:channel', (call) => channelOf(world, call)),
  ];
}

function get(pattern: string, answer: (call: RouteCall) => unknown): Route {
  return { method: 'GET', pattern, auth: 'bot', handle: (call) => ({ status: 200, body: answer(call) }) };
}

function guildOf(world: World, call: RouteCall): LocalGuild {
  const guild = world.guild(call.param('guild'));
  if (guild === undefined) throw unknown('guild');
  return guild;
}

function memberOf(world: World, call: RouteCall): WireUser {
  guildOf(world, call);
  if (call.param('user') !== world.bot.id) throw unknown('member');
  return world.bot;
}

function userOf(world: World, call: RouteCall): WireUser {
  if (call.param('user') !== world.bot.id) throw unknown('user');
  return world.bot;
}

function channelOf(world: World, call: RouteCall): unknown {
  const channel = world.channel(call.param('channel'));
  if (channel === undefined) throw unknown('channel');
  return channelPayload(channel);
}
