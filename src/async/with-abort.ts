/**
 * Abortable waits: waits for a promise until a signal aborts.
 */
import { deferred } from './deferred.js';

/**
 * Waits for `work`. An abort ends only the wait: the work itself goes on, and its result or error is ignored.
 *
 * @throws The signal's reason, when it aborts first.
 */
export async function withAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => {});
  signal.throwIfAborted();
  const aborted = deferred<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
