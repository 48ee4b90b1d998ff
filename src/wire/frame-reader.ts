/**
 * Frame reader: bytes in, frames out, however the bytes were cut.
 *
 * A frame that lies whole in its chunk is read where it lies, without a copy; one that spans chunks is put
 * together in a buffer of exactly its size. Garbage never throws out of here: it is reported once, and from
 * then on the reader is deaf, since nothing after a broken length can be trusted.
 */
import { emptyHeader, HEADER_BYTES, isKind, Kind } from './frame.js';
import type { FrameHeader } from './frame.js';
import { readI16, readU16, readU32 } from './numbers.js';

/** Takes frames. `header` and `bytes` are only valid during the call; the body is `bytes[start, end)`. */
export interface FrameSink {
  frame(header: FrameHeader, bytes: Buffer, start: number, end: number): void;
  /** What came is not a frame. Nothing more will be read. */
  garbage(reason: string): void;
}

const LENGTH_BYTES = 4;

export class FrameReader {
  readonly #sink: FrameSink;
  readonly #maxFrameBytes: number;
  readonly #header: FrameHeader = emptyHeader(Kind.hello);
  /** The beginning of a length that a chunk ended in. */
  readonly #lengthBytes = Buffer.alloc(LENGTH_BYTES);
  #lengthFilled = 0;
  /** A frame that has begun, in a buffer of its size. */
  #partial: Buffer | undefined;
  #partialFilled = 0;
  #deaf = false;

  /** @param maxFrameBytes - A longer frame is garbage; bounds what a peer can make us allocate. */
  constructor(sink: FrameSink, maxFrameBytes: number) {
    this.#sink = sink;
    this.#maxFrameBytes = maxFrameBytes;
  }

  push(chunk: Buffer): void {
    if (this.#deaf) return;
    let at = 0;
    if (this.#partial !== undefined || this.#lengthFilled > 0) at = this.#resume(chunk);
    while (!this.#deaf && at < chunk.length) at = this.#next(chunk, at);
  }

  /** Reads the frame that begins at `at`; returns where the next one begins. */
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

  /** Continues what the last chunk left unfinished; returns how much of this chunk that took. */
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
    const taken = chunk.copy(this.#partial, this.#partialFilled, at);
    this.#partialFilled += taken;
    if (this.#partialFilled < this.#partial.length) return chunk.length;

    const whole = this.#partial;
    this.#partial = undefined;
    this.#deliver(whole, 0, whole.length);
    return at + taken;
  }

  #totalBytes(length: number): number | undefined {
    const total = length + LENGTH_BYTES;
    if (total < HEADER_BYTES) return this.#refuse(`a frame of ${total} bytes is shorter than its header`);
    if (total > this.#maxFrameBytes) {
      return this.#refuse(`a frame of ${total} bytes is over the limit of ${this.#maxFrameBytes}`);
    }
    return total;
  }

  #deliver(bytes: Buffer, at: number, end: number): void {
    const kind = bytes[at + 4] ?? 0;
    if (!isKind(kind)) {
      this.#refuse(`unknown frame kind ${kind}`);
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
    this.#sink.frame(header, bytes, at + HEADER_BYTES, end);
  }

  #refuse(reason: string): undefined {
    this.#deaf = true;
    this.#partial = undefined;
    this.#sink.garbage(reason);
  }
}
