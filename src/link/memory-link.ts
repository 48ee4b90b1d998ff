/**
 * Memory link: frames between two sides of one process.
 *
 * The manager's own calls travel on one, and so do clusters in tests. The bytes are the same as on a pipe
 * and are read by the same reader; they arrive one turn of the event loop later, never within the call.
 */
import { ByteLink } from './byte-link.js';
import type { LinkLimits } from './link.js';

interface Piece {
  readonly bytes: Buffer;
  readonly done: () => void;
}

/** Frames that cause frames must not keep the event loop from turning. */
const MOST_ROUNDS = 8;

export class MemoryLink extends ByteLink {
  #other: MemoryLink | undefined;
  /** What has come and was not read yet; also what came before anyone listened. */
  #inbox: Piece[] = [];
  #isReading = false;
  #readIsScheduled = false;
  /** The other side has ended: so does this one, once the inbox is empty. */
  #otherEnded = false;

  /** Two ends: what is sent into one comes out of the other. */
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
    // What was sent while a piece was on its way is handed over once that is read: it belongs to the same turn.
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
