/**
 * Session starts: checks that enough of them are left for all shards to identify. Pure.
 *
 * Discord counts a bot's identifies per day and resets its token when it exceeds the limit, so a start that would reach
 * the limit half-way is refused before it begins.
 *
 * @see https://discord.com/developers/docs/events/gateway#session-start-limit-object
 */
export interface SessionStarts {
  readonly needed: number;
  readonly remaining: number;
  readonly resetAfterMs: number;
}

/** The reason why the shards must not start, in one sentence; `undefined` if they may. */
export function refuseSessionStarts({ needed, remaining, resetAfterMs }: SessionStarts): string | undefined {
  if (needed <= remaining) return undefined;
  const need = needed === 1 ? '1 shard needs a session start' : `${needed} shards need a session start each`;
  const left = remaining === 0 ? 'none' : `only ${remaining}`;
  return `${need}, but this bot has ${left} left; the limit resets in ${describeMs(resetAfterMs)}.`;
}

const MINUTE_MS = 60_000;

function describeMs(ms: number): string {
  const minutes = Math.ceil(ms / MINUTE_MS);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}
