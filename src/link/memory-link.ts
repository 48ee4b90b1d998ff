/**
 * Memory link: frames between two sides of one process.
 *
 * The manager's own calls travel on a memory link, and so do clusters in tests. The bytes are the same as on a pipe and
 * are read by the same reader; they arrive one turn of the event loop later, never within the call.
 */
import { ByteLink } from './byte-link.js';
import type { LinkLimits } from './link.js';

interface Piece {
  readonly bytes: Buffer;
  readonly done: () => void;
}

/** Limits the rounds of one turn: frames that cause frames must not block the event loop. */
const MOST_ROUNDS = 8;

export class MemoryLink extends ByteLink {
  #other: MemoryLink | undefined;
  /** Pieces that have arrived and are not read yet, also because there is no listener. */
  #inbox: Piece[] = [];
  #isReading = false;
  #readIsScheduled = false;
  /** Whether the other side has ended: this side does so once the inbox is empty. */
  #otherEnded = false;

  /** Makes a connected pair: what is sent on one is delivered by the other. */
  static pair(limits: LinkLimits): readonly [MemoryLink, MemoryLink] {
    const left = new MemoryLink(limits);
    const right = new MemoryLink(limits);
    left.#other = right;
    right.#other = left;
    return [left, right];
  }

  protected override carry(bytes: Buffer, done: () => void): void {
    this.#other?.receive({ bytes, done });
  }

  protected override startReading(): void {
    this.#isReading = true;
    this.#wake();
  }

  protected override release(): void {
    for (const { done } of this.#inbox) done();
    this.#inbox = [];
    this.#other?.onOtherEnd();
  }

  private receive(piece: Piece): void {
    if (this.ended) {
      piece.done();
      return;
    }
    this.#inbox.push(piece);
    this.#wake();
  }

  private onOtherEnd(): void {
    this.#otherEnded = true;
    this.#wake();
  }

  #wake(): void {
    if (this.#readIsScheduled || !this.#isReading) return;
    this.#readIsScheduled = true;
    setImmediate(() => this.#readInbox());
  }

  #readInbox(): void {
    this.#readIsScheduled = false;
    // Frames that were sent while a piece was in transit leave once the piece is read: they belong to the same turn.
    for (let rounds = 0; rounds < MOST_ROUNDS && this.#inbox.length > 0; rounds++) this.#readPieces();
    if (this.#inbox.length > 0) this.#wake();
    else if (this.#otherEnded) this.finish({ by: 'peer' });
  }

  #readPieces(): void {
    const pieces = this.#inbox;
    this.#inbox = [];
    for (const { bytes, done } of pieces) {
      this.push(bytes);
      done();
    }
  }
}
