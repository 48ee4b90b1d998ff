/**
 * Or aborted: a wait that a signal ends.
 */
import { deferred } from './deferred.js';

/** What is waited for goes on, unheard. @throws What the signal says, when it comes first. */
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
