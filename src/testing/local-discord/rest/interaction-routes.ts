/**
 * A bot's answers to interactions: the first one, its edits, and follow-ups.
 *
 * None of these asks for the bot's token; the token of the interaction in the path is enough.
 *
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints
 */
import type { Interactions } from '../talk/interactions.js';
import type { Route, RouteAnswer, RouteCall } from './router.js';

const WEBHOOK = '/webhooks/:application/:token';
const ORIGINAL = `${WEBHOOK}/messages/@original`;
const FOLLOW_UP = `${WEBHOOK}/messages/:message`;

export function interactionRoutes(interactions: Interactions): Route[] {
  return [
    open('POST', '/interactions/:id/:token/callback', (call) => callback(interactions, call)),
    open('GET', ORIGINAL, ({ param }) => ok(interactions.original(param('token')))),
    open('PATCH', ORIGINAL, (call) => ok(interactions.editOriginal(call.param('token'), call))),
    open('DELETE', ORIGINAL, ({ param }) => {
      interactions.deleteOriginal(param('token'));
      return { status: 204 };
    }),
    open('POST', WEBHOOK, (call) => ok(interactions.followUp(call.param('token'), call))),
    open('GET', FOLLOW_UP, ({ param }) => ok(interactions.message(param('token'), param('message')))),
    open('PATCH', FOLLOW_UP, (call) =>
      ok(interactions.editMessage(call.param('token'), call.param('message'), call)),
    ),
    open('DELETE', FOLLOW_UP, ({ param }) => {
      interactions.deleteMessage(param('token'), param('message'));
      return { status: 204 };
    }),
  ];
}

function callback(interactions: Interactions, call: RouteCall): RouteAnswer {
  const response = interactions.callback(call.param('id'), call.param('token'), call);
  return call.query.get('with_response') === 'true' ? ok(response) : { status: 204 };
}

function open(method: Route['method'], pattern: string, handle: Route['handle']): Route {
  return { method, pattern, auth: 'none', handle };
}

const ok = (body: unknown): RouteAnswer => ({ status: 200, body });
