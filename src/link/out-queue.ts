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

type Flush = Deferred<void>;

export class OutQueue {
  readonly #writer = new FrameWriter();
  readonly #carry: Carry;
  #scheduled = false;
  #carried = 0;
  /** The promise of all who want to know when what is in the writer has left. */
  #nextFlush: Flush | undefined;
  readonly #flushing = new Set<Flush>();
  #lastPiece: Promise<void> = Promise.resolve();
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

  /** One promise for all who ask in the same tick. */
  flushed(): Promise<void> {
    if (this.#writer.length === 0) return this.#lastPiece;
    this.#nextFlush ??= deferred();
    return this.#nextFlush.promise;
  }

  /** Hands over what is there, now. */
  flush(): void {
    this.#scheduled = false;
    if (this.#writer.length === 0) return;
    const piece = this.#writer.take();
    const flush = this.#nextFlush;
    this.#nextFlush = undefined;
    if (flush !== undefined) this.#await(flush);
    this.#carried += piece.length;
    this.#carry(piece, () => {
      this.#carried -= piece.length;
      this.#writer.giveBack(piece);
      if (flush === undefined) return;
      this.#flushing.delete(flush);
      flush.resolve();
    });
  }

  /** The link is gone: nothing will leave any more, and nobody waits for it. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#nextFlush?.resolve();
    this.#nextFlush = undefined;
    for (const flush of this.#flushing) flush.resolve();
    this.#flushing.clear();
    if (this.#writer.length > 0) this.#writer.take();
  }

  #await(flush: Flush): void {
    this.#flushing.add(flush);
    this.#lastPiece = flush.promise;
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
