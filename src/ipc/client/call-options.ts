/**
 * Call options: what a caller may say about one call beside its data.
 */
import { MAX_REMAINING_MS } from '../../wire/frame.js';

/** Options for one call. Every method that takes them takes a plain timeout in milliseconds, too. */
export interface CallOptions {
  /** How long to wait for the answer, in milliseconds: 1 to 2 147 483 647. Defaults to 30 000. */
  readonly timeout?: number | undefined;
  /** Ends the call early: it rejects with `CANCELLED`, whose `cause` is the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * What a call to a cluster that is starting does: `'wait'` for it within the timeout, or `'fail'` at once
   * with `CLUSTER_UNAVAILABLE`. Defaults to `'wait'`.
   */
  readonly whenNotReady?: 'wait' | 'fail' | undefined;
}

/** Call options, resolved. */
export interface CallSettings {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Whether the call waits for a cluster that is starting. */
  readonly shouldWait: boolean;
}

export const DEFAULT_TIMEOUT_MS = 30_000;

/** @throws RangeError for a timeout that no timer can take; TypeError for an unknown `whenNotReady` or `signal`. */
export function resolveCallOptions(
  options: number | CallOptions | undefined,
  defaultTimeoutMs: number,
): CallSettings {
  if (typeof options !== 'object' || options === null) return onlyTimeout(options ?? defaultTimeoutMs);
  const { whenNotReady } = options;
  if (whenNotReady !== undefined && whenNotReady !== 'wait' && whenNotReady !== 'fail') {
    throw new TypeError(`whenNotReady must be 'wait' or 'fail', got ${String(whenNotReady)}`);
  }
  const signal = options.signal ?? undefined;
  // Not by `instanceof`: signals of other realms and polyfills work as well.
  if (signal !== undefined && typeof signal.addEventListener !== 'function') {
    throw new TypeError(`signal must be an AbortSignal, got ${typeof signal}`);
  }
  return {
    timeoutMs: checkedTimeout(options.timeout ?? defaultTimeoutMs),
    signal,
    shouldWait: whenNotReady !== 'fail',
  };
}

/** Reused from call to call: most calls set no options, or always the same timeout. */
let lastOnlyTimeout: CallSettings = { timeoutMs: DEFAULT_TIMEOUT_MS, signal: undefined, shouldWait: true };

function onlyTimeout(timeout: number): CallSettings {
  if (timeout !== lastOnlyTimeout.timeoutMs)
    lastOnlyTimeout = { timeoutMs: checkedTimeout(timeout), signal: undefined, shouldWait: true };
  return lastOnlyTimeout;
}

/** Returns whole milliseconds that Node's timers can hold; longer ones would fire at once. */
export function checkedTimeout(timeout: number): number {
  if (typeof timeout === 'number' && timeout >= 1 && timeout <= MAX_REMAINING_MS) return Math.ceil(timeout);
  throw new RangeError(
    `timeout must be a number from 1 to ${MAX_REMAINING_MS} (milliseconds), got ${String(timeout)}`,
  );
}
