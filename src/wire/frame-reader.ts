/**
 * Frame reader: bytes in, frames out, however the bytes were cut.
 *
 * A frame that lies whole in its chunk is read in place, without a copy; a frame that spans chunks is assembled in a
 * buffer of exactly its size. Garbage never throws: it is reported once, and the reader ignores everything after it,
 * since nothing behind a broken length can be trusted.
 */
import { ArrivedFrame } from './arrived-frame.js';
import { emptyHeader, HEADER_BYTES, isKind, isReservedKind, Kind } from './frame.js';
import type { FrameHeader } from './frame.js';
import { readI16, readU16, readU32 } from './numbers.js';

/** Receives the frames of a reader. */
export interface FrameListener {
  /** `frame` is only valid during the call. */
  onFrame(frame: ArrivedFrame): void;
  /** A frame was ignored: its kind belongs to a later minor version of the protocol. */
  onIgnored?(): void;
  /** The bytes are not a frame. The reader ignores everything from now on. */
  onGarbage(reason: string): void;
}

const LENGTH_BYTES = 4;

export class FrameReader {
  readonly #listener: FrameListener;
  readonly #maxFrameBytes: number;
  readonly #header: FrameHeader = emptyHeader(Kind.hello);
  readonly #frame = new ArrivedFrame(this.#header);
  /** The first bytes of a length that the last chunk ended in. */
  readonly #lengthBytes = Buffer.alloc(LENGTH_BYTES);
  #lengthFilled = 0;
  /** A frame that has arrived in part, in a buffer of its full size. */
  #partial: Buffer | undefined;
  #partialFilled = 0;
  #hasFailed = false;

  /** @param maxFrameBytes - A longer frame is garbage; this bounds what the other side can make the reader allocate. */
  constructor(listener: FrameListener, maxFrameBytes: number) {
    this.#listener = listener;
    this.#maxFrameBytes = maxFrameBytes;
  }

  push(chunk: Buffer): void {
    if (this.#hasFailed) return;
    let at = 0;
    if (this.#partial !== undefined || this.#lengthFilled > 0) at = this.#resume(chunk);
    while (!this.#hasFailed && at < chunk.length) at = this.#next(chunk, at);
    this.#frame.release();
  }

  /** Reads the frame that begins at `at`. Returns where the next one begins. */
  #next(chunk: Buffer, at: number): number {
    if (chunk.length - at < LENGTH_BYTES) {
      this.#lengthFilled = chunk.copy(this.#lengthBytes, 0, at);
      return chunk.length;
    }
    const total = this.#totalBytes(readU32(chunk, at));
    if (total === undefined) return chunk.length;
    if (chunk.length - at >= total) {
      this.#deliver(chunk, at, at + total);
      return at + total;
    }
    this.#partial = Buffer.allocUnsafe(total);
    this.#partialFilled = chunk.copy(this.#partial, 0, at);
    return chunk.length;
  }

  /** Continues what the last chunk left unfinished. Returns where in this chunk the next frame begins. */
  #resume(chunk: Buffer): number {
    let at = 0;
    if (this.#partial === undefined) {
      at = chunk.copy(this.#lengthBytes, this.#lengthFilled, 0, LENGTH_BYTES - this.#lengthFilled);
      this.#lengthFilled += at;
      if (this.#lengthFilled < LENGTH_BYTES) return at;
      const total = this.#totalBytes(readU32(this.#lengthBytes, 0));
      if (total === undefined) return chunk.length;
      this.#partial = Buffer.allocUnsafe(total);
      this.#partialFilled = this.#lengthBytes.copy(this.#partial);
      this.#lengthFilled = 0;
    }
    const copied = chunk.copy(this.#partial, this.#partialFilled, at);
    this.#partialFilled += copied;
    if (this.#partialFilled < this.#partial.length) return chunk.length;

    const whole = this.#partial;
    this.#partial = undefined;
    this.#deliver(whole, 0, whole.length);
    return at + copied;
  }

  #totalBytes(length: number): number | undefined {
    const total = length + LENGTH_BYTES;
    if (total < HEADER_BYTES) return this.#fail(`a frame of ${total} bytes is shorter than its header`);
    if (total > this.#maxFrameBytes) {
      return this.#fail(`a frame of ${total} bytes is over the limit of ${this.#maxFrameBytes}`);
    }
    return total;
  }

  #deliver(bytes: Buffer, at: number, end: number): void {
    const kind = bytes[at + 4] ?? 0;
    if (!isKind(kind)) {
      if (isReservedKind(kind)) this.#listener.onIgnored?.();
      else this.#fail(`unknown frame kind ${kind}`);
      return;
    }
    const header = this.#header;
    header.kind = kind;
    header.flags = bytes[at + 5] ?? 0;
    header.peer = readI16(bytes, at + 6);
    header.correlation = readU32(bytes, at + 8);
    header.name = readU32(bytes, at + 12);
    header.remainingMs = readU32(bytes, at + 16);
    header.generation = readU16(bytes, at + 20);
    const frame = this.#frame;
    frame.bytes = bytes;
    frame.start = at + HEADER_BYTES;
    frame.end = end;
    this.#listener.onFrame(frame);
  }

  #fail(reason: string): undefined {
    this.#hasFailed = true;
    this.#partial = undefined;
    this.#listener.onGarbage(reason);
  }
}
