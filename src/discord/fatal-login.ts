/**
 * Fatal logins: what Discord refuses for good, and what to do about it.
 *
 * A client that is refused so does not come back by itself and must not be started again: each try costs one of
 * the day's session starts. Heard in two places: `login()` rejects for a bad token, and a gateway close shows as
 * `shardDisconnect`; before the first READY `login()` then rejects without the code, and after it the client still
 * calls itself ready (discord.js 14.28).
 *
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
 */
import type { EventEmitter } from 'node:events';

/** discord.js' code for a token that Discord's REST refuses. */
const TOKEN_INVALID = 'TokenInvalid';

const NEW_TOKEN =
  "Discord does not accept the bot's token; copy it anew from the Developer Portal (Bot, Reset Token).";

const FIXES: ReadonlyMap<number | string, string> = new Map<number | string, string>([
  [TOKEN_INVALID, NEW_TOKEN],
  [4004, NEW_TOKEN],
  [4010, 'Discord refuses its shards (4010); check `totalShards`, and that nothing else sets `shards`.'],
  [4011, "the bot is in too many guilds for so few shards (4011); raise `totalShards`, or use 'auto'."],
  [4012, 'Discord does not speak this version of its gateway any more (4012); update discord.js.'],
  [4013, "the client's `intents` are no valid number (4013); use `GatewayIntentBits`."],
  [
    4014,
    'the client asks for intents that are not switched on (4014); switch them on in the Developer Portal ' +
      '(Bot, Privileged Gateway Intents), or take them out of `intents`.',
  ],
]);

export function isFatalCode(code: unknown): code is number | string {
  return (typeof code === 'number' || typeof code === 'string') && FIXES.has(code);
}

/** Why, and what to do about it: one sentence, to stand behind "cannot log in: ". */
export function fatalSentence(code: number | string): string {
  return FIXES.get(code) ?? `Discord refuses it for good (${code}).`;
}

/**
 * Reports once, as soon as the client is refused for good. `login` still rejects as it would. A client without
 * `login` (a stub) is left alone.
 */
export function watchLogin(
  client: EventEmitter,
  refused: (code: number | string, shardId?: number) => void,
): void {
  const stub = client as { login?: unknown };
  if (typeof stub.login !== 'function') return;
  let isTold = false;
  const tell = (code: unknown, shardId?: number): void => {
    if (isTold || !isFatalCode(code)) return;
    isTold = true;
    refused(code, shardId);
  };
  client.on('shardDisconnect', ({ code }: { readonly code?: unknown }, shardId: number) =>
    tell(code, shardId),
  );
  const { login } = stub;
  stub.login = async (...args: unknown[]): Promise<unknown> => {
    try {
      return await (Reflect.apply(login, client, args) as Promise<unknown>);
    } catch (error) {
      tell((error as { code?: unknown } | null)?.code);
      throw error;
    }
  };
}
