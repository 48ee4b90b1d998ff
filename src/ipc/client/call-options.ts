/**
 * Call options: what a caller may say about one call beside its data.
 */
import { MAX_REMAINING_MS } from '../../wire/frame.js';

/** Where a `timeout` number may stand, this may stand too. */
export interface CallOptions {
  /** How long to wait, in milliseconds: 1 to 2 147 483 647. Defaults to 30 000. */
  readonly timeout?: number | undefined;
  /** Ends the call early: it rejects with `CANCELLED`, whose `cause` is the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * What a call to a cluster that is starting does: `'wait'` for it within the timeout, or `'fail'` at once
   * with `CLUSTER_UNAVAILABLE`. Defaults to `'wait'`.
   */
  readonly whenNotReady?: 'wait' | 'fail' | undefined;
}

export interface ResolvedCallOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly wait: boolean;
}

export const DEFAULT_TIMEOUT_MS = 30_000;

/** @throws RangeError for a time that no timer can take; TypeError for an unknown `whenNotReady` or `signal`. */
export function resolveCallOptions(
  options: number | CallOptions | undefined,
  defaultTimeoutMs: number,
): ResolvedCallOptions {
  if (typeof options !== 'object' || options === null) return onlyTimeout(options ?? defaultTimeoutMs);
  const { whenNotReady } = options;
  if (whenNotReady !== undefined && whenNotReady !== 'wait' && whenNotReady !== 'fail') {
    throw new TypeError(`whenNotReady must be 'wait' or 'fail', got ${String(whenNotReady)}`);
  }
  const signal = options.signal ?? undefined;
  // Not by `instanceof`: signals of other realms and polyfills do as well.
  if (signal !== undefined && typeof signal.addEventListener !== 'function') {
    throw new TypeError(`signal must be an AbortSignal, got ${typeof signal}`);
  }
  return {
    timeoutMs: checkedTimeout(options.timeout ?? defaultTimeoutMs),
    signal,
    wait: whenNotReady !== 'fail',
  };
}

/** Most calls say nothing, or always the same. */
let lastOnlyTimeout: ResolvedCallOptions = { timeoutMs: DEFAULT_TIMEOUT_MS, signal: undefined, wait: true };

function onlyTimeout(timeout: number): ResolvedCallOptions {
  if (timeout !== lastOnlyTimeout.timeoutMs)
    lastOnlyTimeout = { timeoutMs: checkedTimeout(timeout), signal: undefined, wait: true };
  return lastOnlyTimeout;
}

/** A time in whole milliseconds that Node's timers can hold; longer ones would fire at once. */
export function checkedTimeout(timeout: number): number {
  if (typeof timeout === 'number' && timeout >= 1 && timeout <= MAX_REMAINING_MS) return Math.ceil(timeout);
  throw new RangeError(
    `timeout must be a number from 1 to ${MAX_REMAINING_MS} (milliseconds), got ${String(timeout)}`,
  );
}
