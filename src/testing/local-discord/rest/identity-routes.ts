/**
 * Identity routes: the user and the application of the bot.
 */
import type { WireUser } from '../world/wire.js';
import type { Route } from './router.js';

export function identityRoutes(bot: WireUser): Route[] {
  return [
    get('/users/@me', { ...bot, verified: true, mfa_enabled: true, locale: 'en-US' }),
    get('/applications/@me', applicationOf(bot)),
    get('/oauth2/applications/@me', applicationOf(bot)),
  ];
}

function get(pattern: string, body: object): Route {
  return { method: 'GET', pattern, auth: 'bot', handle: () => ({ status: 200, body }) };
}

function applicationOf(bot: WireUser): object {
  return {
    id: bot.id,
    name: bot.username,
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0,
    bot,
  };
}
