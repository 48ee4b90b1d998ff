/**
 * Out queue: collects the frames of one tick and sends them in few pieces.
 *
 * All links share this half; they differ only in where a piece goes. `nextTick` runs after the promise callbacks of the
 * current tick have run dry, so the answers that a burst of resolved promises sends still leave together.
 *
 * A long burst does not wait for its own end: its first frames leave early, so that the next process works on them
 * while this one still works on the rest. If everything were kept for one piece, all calls in flight would travel as
 * one crowd and only one process would ever be busy. Each further piece of a burst may be twice as large, and the first
 * one is larger where bursts are long, which keeps writes few.
 */
import { deferred } from '../async/deferred.js';
import type { Deferred } from '../async/deferred.js';
import type { ArrivedFrame } from '../wire/arrived-frame.js';
import { FrameWriter } from '../wire/frame-writer.js';
import type { Body } from '../wire/body.js';
import type { FrameHeader } from '../wire/frame.js';

/** Sends a piece; calls `done` when its bytes may be overwritten, possibly at once, and possibly twice. */
export type Carry = (bytes: Buffer, done: () => void) => void;

/** The frames that leave in one write. */
interface Piece {
  isDone: boolean;
  /** Made when the first caller waits for the piece. */
  flush: Deferred<void> | undefined;
}

const DONE = Promise.resolve();

/** The smallest first piece of a burst, in frames and in bytes. At 64 calls in flight, 8 to 32 frames are alike. */
const FIRST_PIECE_FRAMES = 16;
const FIRST_PIECE_BYTES = 16 * 1024;
/** The largest first piece, in frames, and its share of the burst before. */
const MOST_FIRST_FRAMES = 64;
const PART_OF_BURST = 8;

export class OutQueue {
  readonly #writer = new FrameWriter();
  readonly #carry: Carry;
  #scheduled = false;
  /** Frames in the piece that is being collected. */
  #pieceLength = 0;
  /** Frames since the tick began. */
  #burstLength = 0;
  /** The size of the next early piece: in frames, and as a multiple of the smallest in bytes. */
  #maxPieceLength = FIRST_PIECE_FRAMES;
  #pieceFactor = 1;
  #carried = 0;
  /** The piece that is being collected, and the one that was sent last: pieces keep order. */
  #collecting: Piece = { isDone: false, flush: undefined };
  #lastCarried: Piece = { isDone: true, flush: undefined };
  /** Pending `flushed` promises. */
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

  /** Returns one promise for all callers that wait for the same piece. */
  flushed(): Promise<void> {
    const piece = this.#writer.length === 0 ? this.#lastCarried : this.#collecting;
    if (this.#ended || piece.isDone) return DONE;
    if (piece.flush === undefined) {
      piece.flush = deferred();
      this.#flushes.add(piece.flush);
    }
    return piece.flush.promise;
  }

  /** Ends the tick: sends what is there, and the next burst begins small again. */
  flush(): void {
    this.#scheduled = false;
    this.#maxPieceLength = firstPieceOf(this.#burstLength);
    this.#pieceFactor = 1;
    this.#burstLength = 0;
    this.#carryPiece();
  }

  /**
   * Sends the collected piece. One piece is in transit at a time: while it waits for the other side to read, the next
   * one grows, instead of many small ones that wait in a row.
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
      // Called a second time by a transport that has called at once.
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

  /** Sends what is left, behind what is in transit, and ends. */
  finish(): void {
    if (this.#writer.length > 0) this.#carry(this.#writer.drain(), () => {});
    this.end();
  }

  /** The link is gone: nothing leaves any more, and every `flushed` resolves. */
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

/** The size of the first piece of a burst: bursts resemble the ones before. */
function firstPieceOf(lastBurst: number): number {
  return Math.min(Math.max(FIRST_PIECE_FRAMES, Math.floor(lastBurst / PART_OF_BURST)), MOST_FIRST_FRAMES);
}

/** One function for all queues, so that a tick needs no closure. */
function flushQueue(queue: OutQueue): void {
  queue.flush();
}
