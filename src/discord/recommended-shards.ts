/**
 * Recommended shards: Discord's recommendation for this bot (`totalShards: 'auto'`), and its remaining session starts.
 */
import type { RESTGetAPIGatewayBotResult, RESTOptions } from 'discord.js';

/** The answer of `/gateway/bot`. */
export interface GatewayFacts {
  readonly shards: number;
  /** Remaining session starts; the limit resets in `resetAfterMs`. */
  readonly remaining: number;
  readonly resetAfterMs: number;
}

/**
 * Requests `/gateway/bot` through discord.js' REST. discord.js is loaded only here and only on demand: a manager with a
 * fixed number of shards never loads it.
 *
 * @throws Error with its cause when Discord does not answer or rejects the token.
 */
export async function fetchGatewayFacts(
  token: string | undefined,
  rest: Partial<RESTOptions>,
): Promise<GatewayFacts> {
  if (token === undefined || token === '') {
    throw new Error(
      "totalShards: 'auto' requires the bot's token: set DISCORD_TOKEN, pass `token`, " +
        'or set `totalShards` to a number.',
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
    const reason = status === 401 ? 'Discord rejected the token' : 'Discord did not answer';
    throw new Error(`Could not fetch the recommended shard count: ${reason}.`, { cause: error });
  }
}
