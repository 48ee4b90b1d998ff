/**
 * Ack waiters: the broadcasts that wait for acknowledgements.
 *
 * A waiter is opened before the event is sent. It ends when as many different clusters as expected have acknowledged,
 * or with its timeout; either way it resolves to the ids of those that did.
 */
import { IdTable } from '../../wire/id-table.js';

interface Waiter {
  readonly id: number;
  readonly acked: Set<number>;
  readonly expected: number;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (acked: ReadonlySet<number>) => void;
}

export class AckWaiters {
  readonly #waiters = new IdTable<Waiter>();

  get size(): number {
    return this.#waiters.size;
  }

  open(
    expected: number,
    timeoutMs: number,
  ): { readonly id: number; readonly acked: Promise<ReadonlySet<number>> } {
    const id = this.#waiters.freeId();
    const acked = new Promise<ReadonlySet<number>>((resolve) => {
      const timer = setTimeout(() => this.#finish(id), timeoutMs);
      this.#waiters.add({ id, acked: new Set(), expected, timer, resolve });
    });
    return { id, acked };
  }

  /** Records that a cluster has acknowledged. An acknowledgement for which no waiter is open is dropped. */
  onAck(id: number, clusterId: number): void {
    const waiter = this.#waiters.get(id);
    if (waiter === undefined) return;
    waiter.acked.add(clusterId);
    if (waiter.acked.size >= waiter.expected) this.#finish(id);
  }

  /** Ends all waiters: no more acknowledgements can arrive. */
  finishAll(): void {
    for (const { id } of this.#waiters.entries()) this.#finish(id);
  }

  #finish(id: number): void {
    const waiter = this.#waiters.get(id);
    if (waiter === undefined) return;
    this.#waiters.delete(id);
    clearTimeout(waiter.timer);
    waiter.resolve(waiter.acked);
  }
}
