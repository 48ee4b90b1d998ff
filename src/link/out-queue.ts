/**
 * Out queue: collects the frames of one tick and hands them over as one piece.
 *
 * This is the half that all links share; what differs is only where the piece goes. `nextTick` runs after
 * the promise callbacks of the current one have run dry, so the answers that a burst of resolved promises
 * sends still leave together.
 */
import { deferred } from '../deferred.js';
import type { Deferred } from '../deferred.js';
import { FrameWriter } from '../wire/frame-writer.js';
import type { Body } from '../wire/frame-writer.js';
import type { FrameHeader } from '../wire/frame.js';

/** Takes a piece of bytes away; calls `done` when they may be overwritten. */
export type Carry = (bytes: Buffer, done: () => void) => void;

export class OutQueue {
  readonly #writer = new FrameWriter();
  readonly #carry: Carry;
  #scheduled = false;
  #carried = 0;
  /** The numbers of the last piece that was carried and of the last one that is done: pieces keep order. */
  #lastCarried = 0;
  #lastDone = 0;
  /** Those who wait for a piece to be done, by its number. */
  readonly #flushes = new Map<number, Deferred<void>>();
  #ended = false;

  constructor(carry: Carry) {
    this.#carry = carry;
  }

  get queuedBytes(): number {
    return this.#writer.length + this.#carried;
  }

  send(header: FrameHeader, name: string | undefined, body: Body): void {
    if (this.#ended) return;
    this.#writer.write(header, name, body);
    this.#schedule();
  }

  forward(header: FrameHeader, bytes: Uint8Array, bodyStart: number, bodyEnd: number): void {
    if (this.#ended) return;
    this.#writer.forward(header, bytes, bodyStart, bodyEnd);
    this.#schedule();
  }

  /** One promise for all who wait for the same piece. */
  flushed(): Promise<void> {
    const piece = this.#writer.length === 0 ? this.#lastCarried : this.#lastCarried + 1;
    if (this.#ended || piece <= this.#lastDone) return Promise.resolve();
    const flush = this.#flushes.get(piece) ?? deferred();
    this.#flushes.set(piece, flush);
    return flush.promise;
  }

  /** Hands over what is there, now. */
  flush(): void {
    this.#scheduled = false;
    if (this.#writer.length === 0) return;
    const bytes = this.#writer.take();
    const piece = ++this.#lastCarried;
    this.#carried += bytes.length;
    this.#carry(bytes, () => {
      this.#carried -= bytes.length;
      this.#writer.giveBack(bytes);
      this.#lastDone = piece;
      this.#flushes.get(piece)?.resolve();
      this.#flushes.delete(piece);
    });
  }

  /** The link is gone: nothing will leave any more, and nobody waits for it. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const flush of this.#flushes.values()) flush.resolve();
    this.#flushes.clear();
    if (this.#writer.length > 0) this.#writer.take();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    process.nextTick(flushQueue, this);
  }
}

/** One function for all queues: a tick needs no closure of its own. */
function flushQueue(queue: OutQueue): void {
  queue.flush();
}
