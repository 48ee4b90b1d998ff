/**
 * Respawn policy: whether a cluster that died is started again, and when.
 *
 * Pure: history and clock come in, the new history goes out. Exponential backoff with full jitter, so that clusters
 * that died together do not come back together; forgotten once a process stayed ready for a while. The budget is
 * a window of its own: it holds what a crash loop may cost at Discord, which counts session starts.
 */
import { checkCount } from '../discord/shard-math.js';
import { checkedMs } from '../async/checked-ms.js';

/** How clusters that died are started again. */
export interface RespawnOptions {
  /** The longest first delay, in milliseconds. Delays are drawn evenly from 0 up to their longest. Defaults to 1000. */
  readonly initialDelay?: number | undefined;
  /** What the longest delay grows to, in milliseconds. Defaults to 120 000. */
  readonly maxDelay?: number | undefined;
  /** By what the longest delay grows from one death to the next. Defaults to 2. */
  readonly factor?: number | undefined;
  /** After having been ready this long, in milliseconds, a death counts as the first again. Defaults to 60 000. */
  readonly healthyAfter?: number | undefined;
  /** How often one cluster may be started again within `within`; past it, it has failed. Defaults to 20. */
  readonly maxRestarts?: number | undefined;
  /** In milliseconds. Defaults to 3 600 000, an hour. */
  readonly within?: number | undefined;
  /** How many processes may die before the cluster was ever ready; then it has failed. Defaults to 3. */
  readonly startAttempts?: number | undefined;
}

export interface RespawnSettings {
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
  readonly factor: number;
  readonly healthyAfterMs: number;
  readonly maxRestarts: number;
  readonly withinMs: number;
  readonly startAttempts: number;
}

/** What a policy remembers of one cluster. */
export interface RespawnHistory {
  /** Deaths since the last process that stayed healthy. */
  readonly deaths: number;
  /** When it was started again, in milliseconds; only those that still count. */
  readonly restarts: readonly number[];
}

/** A death, as the policy sees it. */
export interface DeathFacts {
  /** From a clock that only goes forward, in milliseconds. */
  readonly now: number;
  /** How long the process had been ready; `undefined`: it never was. */
  readonly readyForMs: number | undefined;
  /** Whether the cluster was ever ready, in this process or an earlier one. */
  readonly wasEverReady: boolean;
}

export type RespawnDecision =
  | { readonly respawn: true; readonly delayMs: number; readonly history: RespawnHistory }
  | { readonly respawn: false; readonly reason: 'off' | 'startAttempts' | 'budget' };

export const NO_HISTORY: RespawnHistory = { deaths: 0, restarts: [] };

/** @throws RangeError for a number that makes no sense. */
export function resolveRespawn(
  option: boolean | RespawnOptions | undefined = true,
): RespawnSettings | undefined {
  if (option === false) return undefined;
  const options = option === true ? {} : option;
  const { factor = 2, maxRestarts = 20, startAttempts = 3 } = options;
  if (!(factor >= 1)) throw new RangeError(`respawn.factor must be at least 1, got ${String(factor)}`);
  if (maxRestarts !== 0) checkCount('respawn.maxRestarts', maxRestarts);
  checkCount('respawn.startAttempts', startAttempts);
  return {
    initialDelayMs: checkedMs('respawn.initialDelay', options.initialDelay ?? 1000),
    maxDelayMs: checkedMs('respawn.maxDelay', options.maxDelay ?? 120_000),
    factor,
    healthyAfterMs: checkedMs('respawn.healthyAfter', options.healthyAfter ?? 60_000),
    maxRestarts,
    withinMs: checkedMs('respawn.within', options.within ?? 3_600_000),
    startAttempts,
  };
}

/**
 * What follows a death.
 *
 * @param settings - `undefined`: nothing is started again.
 * @param random - From 0 to 1; a test gives its own.
 */
export function planRespawn(
  history: RespawnHistory,
  death: DeathFacts,
  settings: RespawnSettings | undefined,
  random: () => number = Math.random,
): RespawnDecision {
  if (settings === undefined) return { respawn: false, reason: 'off' };
  const { now, readyForMs, wasEverReady } = death;
  const wasHealthy = readyForMs !== undefined && readyForMs >= settings.healthyAfterMs;
  const deaths = wasHealthy ? 1 : history.deaths + 1;
  if (!wasEverReady && deaths >= settings.startAttempts) return { respawn: false, reason: 'startAttempts' };

  const restarts = history.restarts.filter((at) => at > now - settings.withinMs);
  if (restarts.length >= settings.maxRestarts) return { respawn: false, reason: 'budget' };
  const longest = Math.min(settings.maxDelayMs, settings.initialDelayMs * settings.factor ** (deaths - 1));
  return {
    respawn: true,
    delayMs: Math.floor(random() * longest),
    history: { deaths, restarts: [...restarts, now] },
  };
}
