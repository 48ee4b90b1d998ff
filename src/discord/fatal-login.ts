/**
 * Fatal logins: rejections by Discord that a retry cannot fix, and what the user can do about them.
 *
 * A client that is rejected this way does not reconnect and must not be restarted: each try costs one of the day's session
 * starts. There are two sources: `login()` rejects for an invalid token, and a gateway close is emitted as
 * `shardDisconnect`. Before the first READY `login()` then rejects without the code, and after it the client still claims
 * to be ready (discord.js 14.28).
 *
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
 */
import type { EventEmitter } from 'node:events';

/** discord.js' error code for a token that Discord's REST API rejects. */
const TOKEN_INVALID = 'TokenInvalid';

const NEW_TOKEN =
  "Discord rejected the bot's token; get a new one from the Developer Portal (Bot, Reset Token).";

const FIXES: ReadonlyMap<number | string, string> = new Map<number | string, string>([
  [TOKEN_INVALID, NEW_TOKEN],
  [4004, NEW_TOKEN],
  [4010, 'Discord rejected its shards (4010); check `totalShards`, and that nothing else sets `shards`.'],
  [
    4011,
    "the bot is in too many guilds for its number of shards (4011); raise `totalShards`, or use 'auto'.",
  ],
  [4012, 'Discord no longer supports this gateway version (4012); update discord.js.'],
  [4013, "the client's `intents` are not valid (4013); use `GatewayIntentBits`."],
  [
    4014,
    'the client uses intents that are not enabled (4014); enable them in the Developer Portal ' +
      '(Bot, Privileged Gateway Intents), or remove them from `intents`.',
  ],
]);

export function isFatalCode(code: unknown): code is number | string {
  return (typeof code === 'number' || typeof code === 'string') && FIXES.has(code);
}

/** The reason and the fix as one sentence, which follows "cannot log in: ". */
export function fatalSentence(code: number | string): string {
  return FIXES.get(code) ?? `Discord rejected it permanently (${code}).`;
}

/**
 * Calls back once, as soon as the client is rejected permanently. `login` still rejects as before. A client without
 * `login` (a stub) is left alone.
 */
export function watchLogin(
  client: EventEmitter,
  onRejected: (code: number | string, shardId?: number) => void,
): void {
  const stub = client as { login?: unknown };
  if (typeof stub.login !== 'function') return;
  let isReported = false;
  const report = (code: unknown, shardId?: number): void => {
    if (isReported || !isFatalCode(code)) return;
    isReported = true;
    onRejected(code, shardId);
  };
  client.on('shardDisconnect', ({ code }: { readonly code?: unknown }, shardId: number) =>
    report(code, shardId),
  );
  const { login } = stub;
  stub.login = async (...args: unknown[]): Promise<unknown> => {
    try {
      return await (Reflect.apply(login, client, args) as Promise<unknown>);
    } catch (error) {
      report((error as { code?: unknown } | null)?.code);
      throw error;
    }
  };
}
