/**
 * Retrying: an idempotent call made again when it failed on the way.
 *
 * Only where the library itself says so (an `IPCError` of three codes), never on what a handler threw. All
 * attempts and pauses together stay within the call's timeout.
 */
import { IPCError } from '../errors.js';
import type { IPCErrorCode } from '../errors.js';
import type { CallOptions } from '../ipc/client/call-options.js';
import { sleep } from '../async/sleep.js';
import type { RetrySpec } from './spec.js';

const RETRIED: ReadonlySet<IPCErrorCode> = new Set(['CLUSTER_UNAVAILABLE', 'CLUSTER_DIED', 'OVERLOADED']);
/** Pauses vary by this share, so that callers that failed together do not come back together. */
const JITTER = 0.2;

export interface RetriedCall {
  readonly policy: RetrySpec;
  readonly timeoutMs: number;
  readonly options: CallOptions;
  /** Makes the call once. */
  readonly attempt: (options: CallOptions) => Promise<unknown>;
}

export async function callWithRetry({ policy, timeoutMs, options, attempt }: RetriedCall): Promise<unknown> {
  const end = performance.now() + timeoutMs;
  for (let attemptsLeft = policy.attempts - 1, pauseMs = policy.backoffMs; ; attemptsLeft--, pauseMs *= 2) {
    const leftMs = Math.max(1, end - performance.now());
    try {
      return await attempt({ ...options, timeout: leftMs });
    } catch (error) {
      const pause = pauseMs * (1 + JITTER * (Math.random() * 2 - 1));
      const isOver =
        attemptsLeft <= 0 || performance.now() + pause >= end || options.signal?.aborted === true;
      if (isOver || !isRetried(error)) throw error;
      await rest(pause, options.signal);
    }
  }
}

function isRetried(error: unknown): boolean {
  return error instanceof IPCError && RETRIED.has(error.code);
}

/** An abort ends the pause; the next attempt then says `CANCELLED`. */
async function rest(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, signal).catch(() => {});
}
