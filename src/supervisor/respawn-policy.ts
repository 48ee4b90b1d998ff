/**
 * Respawn policy: whether a cluster that died is restarted, and when.
 *
 * Pure: history and clock come in, the new history goes out. Exponential backoff with full jitter, so that clusters
 * that died together do not come back together; the backoff is reset once a process stayed ready for a while. The
 * restart budget is a separate window: it bounds what a crash loop may cost at Discord, which counts session starts.
 */
import { checkCount } from '../discord/shard-math.js';
import { checkedMs } from '../async/checked-ms.js';

/** Options for restarting clusters that died. */
export interface RespawnOptions {
  /**
   * The upper bound of the first delay, in milliseconds. Each delay is random, between 0 and its upper bound. Defaults
   * to 1000.
   */
  readonly initialDelay?: number | undefined;
  /** The maximum to which the upper bound grows, in milliseconds. Defaults to 120 000. */
  readonly maxDelay?: number | undefined;
  /** The factor by which the upper bound grows from one death to the next. At least 1. Defaults to 2. */
  readonly factor?: number | undefined;
  /** How long a process must have been ready, in milliseconds, for its death to count as the first again. Defaults to 60 000. */
  readonly healthyAfter?: number | undefined;
  /** How often a cluster may be restarted within `within`; after that it fails. Defaults to 20. */
  readonly maxRestarts?: number | undefined;
  /** The window in which `maxRestarts` counts, in milliseconds. Defaults to 3 600 000, an hour. */
  readonly within?: number | undefined;
  /** How many processes may die before the cluster was ever ready; with the last of them it fails. Defaults to 3. */
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

/** What the policy remembers of one cluster. */
export interface RespawnHistory {
  /** Deaths since the last process that stayed healthy. */
  readonly deaths: number;
  /** The times of the restarts that still count, in milliseconds. */
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

/** Returns the settings; `undefined` for `false`. @throws RangeError for an invalid number. */
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
 * Decides what follows a death.
 *
 * @param settings - `undefined`: nothing is restarted.
 * @param random - Returns a number from 0 to 1; tests pass their own.
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
