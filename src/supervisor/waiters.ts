/**
 * Waiters: callers that wait for one moment of a cluster, all of which are answered at once.
 */
import { deferred } from '../async/deferred.js';
import type { Deferred } from '../async/deferred.js';
import type { Inbox } from './inbox.js';

export class Waiters {
  readonly #inbox: Inbox;
  #waiters: Deferred<void>[] = [];

  constructor(inbox: Inbox) {
    this.#inbox = inbox;
  }

  /** Has a step taken in its turn, and waits from that turn on: what happens before it is no answer to this caller. */
  waitAfter(step: () => void): Promise<void> {
    const waiter = deferred();
    // A caller that does not wait learns the outcome by events; it must not be an unhandled rejection.
    waiter.promise.catch(() => {});
    this.#inbox.push(() => {
      this.#waiters.push(waiter);
      step();
    });
    return waiter.promise;
  }

  resolve(): void {
    for (const waiter of this.#drain()) waiter.resolve();
  }

  /** @param why - Called only where a caller waits. */
  reject(why: () => Error): void {
    const waiters = this.#drain();
    if (waiters.length === 0) return;
    const error = why();
    for (const waiter of waiters) waiter.reject(error);
  }

  #drain(): Deferred<void>[] {
    const waiters = this.#waiters;
    this.#waiters = [];
    return waiters;
  }
}
