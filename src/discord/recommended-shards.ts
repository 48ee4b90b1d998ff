/**
 * Recommended shards: what Discord says a bot of this size needs (`totalShards: 'auto'`), and may start today.
 */
import type { RESTGetAPIGatewayBotResult, RESTOptions } from 'discord.js';

/** What `/gateway/bot` says. */
export interface GatewayFacts {
  readonly shards: number;
  /** The session starts that are left, and in how many milliseconds all are there again. */
  readonly remaining: number;
  readonly resetAfterMs: number;
}

/**
 * Asks Discord's `/gateway/bot`, through discord.js' REST. discord.js is loaded only here, and only now: a
 * manager that is told its shards never loads it.
 *
 * @throws Error with one sentence and the cause when Discord does not answer or refuses the token.
 */
export async function fetchGatewayFacts(
  token: string | undefined,
  rest: Partial<RESTOptions>,
): Promise<GatewayFacts> {
  if (token === undefined || token === '') {
    throw new Error(
      "totalShards: 'auto' asks Discord, which needs the bot's token: set DISCORD_TOKEN, pass `token`, " +
        'or give `totalShards` as a number.',
    );
  }
  const { REST, Routes } = await import('discord.js');
  const client = new REST(rest).setToken(token.replace(/^Bot\s+/i, ''));
  try {
    const { shards, session_start_limit: limit } = (await client.get(
      Routes.gatewayBot(),
    )) as RESTGetAPIGatewayBotResult;
    return { shards, remaining: limit.remaining, resetAfterMs: limit.reset_after };
  } catch (error) {
    const { status } = error as { status?: unknown };
    const why = status === 401 ? 'Discord does not accept the token' : 'Discord did not answer';
    throw new Error(`The number of shards could not be found out: ${why}.`, { cause: error });
  }
}
