/**
 * Retries: makes an idempotent call again when it failed on its way.
 *
 * Only for an `IPCError` with one of three codes, never for what a handler threw. All attempts and pauses together stay
 * within the call's timeout.
 */
import { IPCError } from '../errors.js';
import type { IPCErrorCode } from '../errors.js';
import type { CallOptions } from '../ipc/client/call-options.js';
import { sleep } from '../async/sleep.js';
import type { RetrySpec } from './spec.js';

const RETRIED_CODES: ReadonlySet<IPCErrorCode> = new Set([
  'CLUSTER_UNAVAILABLE',
  'CLUSTER_DIED',
  'OVERLOADED',
]);
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
  for (
    let attemptsLeft = policy.attempts - 1, backoffMs = policy.backoffMs;
    ;
    attemptsLeft--, backoffMs *= 2
  ) {
    const leftMs = Math.max(1, end - performance.now());
    try {
      return await attempt({ ...options, timeout: leftMs });
    } catch (error) {
      const pauseMs = backoffMs * (1 + JITTER * (Math.random() * 2 - 1));
      const isOver =
        attemptsLeft <= 0 || performance.now() + pauseMs >= end || options.signal?.aborted === true;
      if (isOver || !isRetryable(error)) throw error;
      await pause(pauseMs, options.signal);
    }
  }
}

function isRetryable(error: unknown): boolean {
  return error instanceof IPCError && RETRIED_CODES.has(error.code);
}

/** Pauses between attempts. An abort ends the pause; the next attempt then rejects with `CANCELLED`. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, signal).catch(() => {});
}
