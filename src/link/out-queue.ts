/**
 * Out queue: collects the frames of one tick and hands them over in few pieces.
 *
 * This is the half that all links share; what differs is only where a piece goes. `nextTick` runs after
 * the promise callbacks of the current one have run dry, so the answers that a burst of resolved promises
 * sends still leave together.
 *
 * A long burst does not wait for its own end: its first frames leave early, so that the next process works on
 * them while this one still works on the rest. Were everything kept for one piece, all calls in flight would
 * travel as one crowd and only one process would ever be busy. Each further piece of a burst may be twice as
 * large, and the first one larger where bursts are long, which keeps writes few.
 */
import { deferred } from '../async/deferred.js';
import type { Deferred } from '../async/deferred.js';
import type { ArrivedFrame } from '../wire/arrived-frame.js';
import { FrameWriter } from '../wire/frame-writer.js';
import type { Body } from '../wire/body.js';
import type { FrameHeader } from '../wire/frame.js';

/** Takes a piece of bytes away; calls `done` when they may be overwritten, which may be at once, and may be twice. */
export type Carry = (bytes: Buffer, done: () => void) => void;

/** What leaves in one write. */
interface Piece {
  isDone: boolean;
  /** Made for the first who waits. */
  flush: Deferred<void> | undefined;
}

const DONE = Promise.resolve();

/** The smallest first piece of a burst, in frames and in bytes. At 64 calls in flight, 8 to 32 frames are alike. */
const FIRST_PIECE_FRAMES = 16;
const FIRST_PIECE_BYTES = 16 * 1024;
/** The largest, and what part of the burst before it is. */
const MOST_FIRST_FRAMES = 64;
const PART_OF_BURST = 8;

export class OutQueue {
  readonly #writer = new FrameWriter();
  readonly #carry: Carry;
  #scheduled = false;
  /** Frames of the piece that is being collected. */
  #pieceLength = 0;
  /** Frames since the tick began. */
  #burstLength = 0;
  /** How large the next early piece is, in frames, and how many times the smallest that is in bytes. */
  #maxPieceLength = FIRST_PIECE_FRAMES;
  #pieceFactor = 1;
  #carried = 0;
  /** The piece that is being collected, and the one that was carried last: pieces keep order. */
  #collecting: Piece = { isDone: false, flush: undefined };
  #lastCarried: Piece = { isDone: true, flush: undefined };
  /** Those who wait for a piece to be done. */
  readonly #flushes = new Set<Deferred<void>>();
  #ended = false;

  constructor(carry: Carry) {
    this.#carry = carry;
  }

  get queuedBytes(): number {
    return this.#writer.length + this.#carried;
  }

  send(header: Readonly<FrameHeader>, name: string | undefined, body: Body): void {
    if (this.#ended) return;
    this.#writer.write(header, name, body);
    this.#onFrameWritten();
  }

  forward(header: Readonly<FrameHeader>, frame: ArrivedFrame): void {
    if (this.#ended) return;
    this.#writer.forward(header, frame);
    this.#onFrameWritten();
  }

  /** One promise for all who wait for the same piece. */
  flushed(): Promise<void> {
    const piece = this.#writer.length === 0 ? this.#lastCarried : this.#collecting;
    if (this.#ended || piece.isDone) return DONE;
    if (piece.flush === undefined) {
      piece.flush = deferred();
      this.#flushes.add(piece.flush);
    }
    return piece.flush.promise;
  }

  /** The tick is over: hands over what is there, and the next burst begins small again. */
  flush(): void {
    this.#scheduled = false;
    this.#maxPieceLength = firstPieceOf(this.#burstLength);
    this.#pieceFactor = 1;
    this.#burstLength = 0;
    this.#carryPiece();
  }

  /**
   * One piece is on its way at a time. While it waits for the other side to read, the next grows, instead of
   * many small ones that wait in a row.
   */
  #carryPiece(): void {
    if (this.#writer.length === 0 || !this.#lastCarried.isDone) return;
    const bytes = this.#writer.drain();
    const piece = this.#collecting;
    this.#lastCarried = piece;
    this.#collecting = { isDone: false, flush: undefined };
    this.#pieceLength = 0;
    this.#carried = bytes.length;
    this.#carry(bytes, () => {
      // Told once more by a way that has said so at once.
      if (!piece.isDone) this.#onCarried(piece, bytes);
    });
  }

  #onCarried(piece: Piece, bytes: Buffer): void {
    piece.isDone = true;
    this.#carried = 0;
    this.#writer.recycle(bytes);
    if (piece.flush !== undefined) {
      piece.flush.resolve();
      this.#flushes.delete(piece.flush);
    }
    if (!this.#scheduled) this.#carryPiece();
  }

  /** Sends what is left, behind what is on its way. The queue takes no more. */
  finish(): void {
    if (this.#writer.length > 0) this.#carry(this.#writer.drain(), () => {});
    this.end();
  }

  /** The link is gone: nothing will leave any more, and nobody waits for it. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const flush of this.#flushes) flush.resolve();
    this.#flushes.clear();
    if (this.#writer.length > 0) this.#writer.drain();
  }

  #onFrameWritten(): void {
    this.#pieceLength += 1;
    this.#burstLength += 1;
    if (
      this.#pieceLength >= this.#maxPieceLength ||
      this.#writer.length >= FIRST_PIECE_BYTES * this.#pieceFactor
    ) {
      this.#maxPieceLength *= 2;
      this.#pieceFactor *= 2;
      this.#carryPiece();
    }
    if (this.#scheduled) return;
    this.#scheduled = true;
    process.nextTick(flushQueue, this);
  }
}

/** Bursts resemble the ones before. */
function firstPieceOf(lastBurst: number): number {
  return Math.min(Math.max(FIRST_PIECE_FRAMES, Math.floor(lastBurst / PART_OF_BURST)), MOST_FIRST_FRAMES);
}

/** One function for all queues: a tick needs no closure of its own. */
function flushQueue(queue: OutQueue): void {
  queue.flush();
}
