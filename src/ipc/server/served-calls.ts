/**
 * Served calls: the calls that handlers of this process are still working on, by correlation id.
 *
 * Holds only calls whose handler returned a promise: a call that is answered at once is never in the table. A call
 * leaves it when its handler is done, or when its caller stops waiting, which aborts the handler's signal.
 */
import type { ServedCall } from './served-call.js';

export class ServedCalls {
  readonly #calls = new Map<number, ServedCall>();

  get size(): number {
    return this.#calls.size;
  }

  open(correlation: number, call: ServedCall): void {
    this.#calls.set(correlation, call);
  }

  /** Removes a call whose handler is done. `false`: the call was cancelled, so its answer is not sent. */
  finish(correlation: number, call: ServedCall): boolean {
    // The id of a cancelled call may belong to another call by now.
    if (call.isCancelled) return false;
    this.#calls.delete(correlation);
    return true;
  }

  /** Cancels the call with this id, if a handler is still working on it. */
  cancel(correlation: number): void {
    const call = this.#calls.get(correlation);
    if (call === undefined) return;
    this.#calls.delete(correlation);
    call.cancel();
  }

  cancelAll(): void {
    for (const call of this.#calls.values()) call.cancel();
    this.#calls.clear();
  }
}
