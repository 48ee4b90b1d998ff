/**
 * Frame writer: frames in, one piece of bytes out.
 *
 * Frames are written one behind the other straight into a growing buffer, so that all frames of one tick
 * leave in one write and a small frame costs no buffer of its own. `take` hands the bytes over; `giveBack`
 * returns a buffer once the operating system has it, to be written into again.
 */
import { Codec, HEADER_BYTES, INLINE_NAME } from './frame.js';
import type { FrameHeader } from './frame.js';
import { writeU16, writeU32 } from './numbers.js';
import { RowBody } from './rows/row-body.js';
import { WordCopier } from './word-copier.js';

/** What a frame carries: text that is JSON, bytes of V8's structured clone, a row, or nothing. */
export type Body = string | Uint8Array | RowBody | undefined;

/** Between two pieces there is nothing to write into; a link that is idle has one buffer to spare at most. */
const NOTHING: Buffer = Buffer.alloc(0);
/** The first piece of a burst; a link under load soon has buffers as large as its pieces. */
const INITIAL_BYTES = 16 * 1024;
/** Larger buffers are not kept: one large answer must not pin its memory for ever. */
const KEEP_BYTES = 1024 * 1024;
const KEEP_BUFFERS = 8;
/** Up to this length, which nearly all bodies have, words beat `set`. */
const SHORT_BYTES = 256;
/** Above this, the exact size is worth counting; below, three bytes a character are reserved. */
const COUNT_ABOVE = 64 * 1024;
const NAME_LENGTH_BYTES = 2;

/** The longest name that can be spelt out, in UTF-8 bytes. */
export const MAX_NAME_BYTES = 65_535;

export class FrameWriter {
  #bytes = NOTHING;
  #length = 0;
  readonly #spare: Buffer[] = [];
  readonly #copier = new WordCopier();

  /** Bytes written and not yet taken. */
  get length(): number {
    return this.#length;
  }

  /** Writes one frame. A `name` is spelt out in front of the body; an interned one is in the header. */
  write(header: FrameHeader, name: string | undefined, body: Body): void {
    const start = this.#length;
    this.#reserve(
      HEADER_BYTES + (name === undefined ? 0 : NAME_LENGTH_BYTES + name.length * 3) + roomFor(body),
    );
    this.#length = start + HEADER_BYTES;
    if (name !== undefined) this.#writeName(name);
    if (typeof body === 'string') this.#length += this.#bytes.write(body, this.#length, 'utf8');
    else if (body instanceof RowBody) this.#length = body.write(this.#bytes, this.#length);
    else if (body !== undefined) this.#append(body, 0, body.length);
    this.#writeHeader(start, header, name === undefined ? header.flags : header.flags | INLINE_NAME);
  }

  /** Writes one frame whose body, name included, is a piece of another frame: forwarding is one copy. */
  forward(header: FrameHeader, bytes: Uint8Array, bodyStart: number, bodyEnd: number): void {
    const start = this.#length;
    this.#reserve(HEADER_BYTES + bodyEnd - bodyStart);
    this.#length = start + HEADER_BYTES;
    this.#append(bytes, bodyStart, bodyEnd);
    this.#writeHeader(start, header, header.flags);
  }

  /** Hands over everything written so far and begins anew. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = NOTHING;
    this.#length = 0;
    this.#copier.forget();
    return taken;
  }

  /** Returns what `take` gave, once nobody reads it any more. */
  giveBack(taken: Buffer): void {
    if (taken.buffer.byteLength > KEEP_BYTES || this.#spare.length >= KEEP_BUFFERS) return;
    this.#spare.push(Buffer.from(taken.buffer, 0, taken.buffer.byteLength));
  }

  #writeName(name: string): void {
    const lengthAt = this.#length;
    const written = this.#bytes.write(name, lengthAt + NAME_LENGTH_BYTES, 'utf8');
    writeU16(this.#bytes, lengthAt, written);
    this.#length = lengthAt + NAME_LENGTH_BYTES + written;
  }

  #append(bytes: Uint8Array, from: number, to: number): void {
    if (to - from <= SHORT_BYTES) this.#copier.copy(bytes, from, to, this.#bytes, this.#length);
    else this.#bytes.set(new Uint8Array(bytes.buffer, bytes.byteOffset + from, to - from), this.#length);
    this.#length += to - from;
  }

  #writeHeader(start: number, header: FrameHeader, flags: number): void {
    const bytes = this.#bytes;
    writeU32(bytes, start, this.#length - start - 4);
    bytes[start + 4] = header.kind;
    bytes[start + 5] = flags;
    writeU16(bytes, start + 6, header.peer);
    writeU32(bytes, start + 8, header.correlation);
    writeU32(bytes, start + 12, header.name);
    writeU32(bytes, start + 16, header.remainingMs);
    writeU16(bytes, start + 20, header.generation);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    if (this.#bytes === NOTHING) this.#bytes = this.#spare.pop() ?? NOTHING;
    if (needed > this.#bytes.length) this.#grow(needed);
  }

  #grow(needed: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2, INITIAL_BYTES));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

/** An upper bound of a body's size in bytes. */
function roomFor(body: Body): number {
  if (body === undefined) return 0;
  if (body instanceof RowBody) return body.room;
  if (typeof body !== 'string') return body.length;
  return body.length > COUNT_ABOVE ? Buffer.byteLength(body) : body.length * 3;
}

/** The codec that says what a body is. */
export function codecOf(body: Body): Codec {
  if (body === undefined) return Codec.none;
  if (body instanceof RowBody) return Codec.row;
  return typeof body === 'string' ? Codec.json : Codec.v8;
}
