/**
 * Session starts: whether as many shards may identify as want to. Pure.
 *
 * Discord counts a bot's identifies per day and resets its token when it goes on without any left, so a start that
 * would run dry half-way is refused before it begins.
 *
 * @see https://discord.com/developers/docs/events/gateway#session-start-limit-object
 */
export interface SessionStarts {
  readonly needed: number;
  readonly remaining: number;
  readonly resetAfterMs: number;
}

/** Why they must not start, in one sentence; `undefined`: they may. */
export function refuseSessionStarts({ needed, remaining, resetAfterMs }: SessionStarts): string | undefined {
  if (needed <= remaining) return undefined;
  return (
    `${needed} ${needed === 1 ? 'shard needs' : 'shards need'} a session start each, and Discord allows this bot ` +
    `${remaining} more; all are there again in ${describeMs(resetAfterMs)}.`
  );
}

const MINUTE_MS = 60_000;

function describeMs(ms: number): string {
  const minutes = Math.ceil(ms / MINUTE_MS);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}
