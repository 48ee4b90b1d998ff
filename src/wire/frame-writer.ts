/**
 * Frame writer: frames in, one chunk of bytes out.
 *
 * Frames are written one behind the other straight into a growing buffer, so that all frames of one tick leave in one
 * write and a small frame costs no buffer. `drain` returns the bytes; `recycle` takes a buffer back once the operating
 * system has read it, to be written into again.
 */
import type { ArrivedFrame } from './arrived-frame.js';
import { roomForBody } from './body.js';
import type { Body } from './body.js';
import { HEADER_BYTES, INLINE_NAME } from './frame.js';
import type { FrameHeader } from './frame.js';
import { writeU16, writeU32 } from './numbers.js';
import { RowBody } from './rows/row-body.js';
import { WordCopier } from './word-copier.js';

/** In place of a buffer between two chunks: an idle link has one spare buffer at most. */
const NOTHING: Buffer = Buffer.alloc(0);
/** The first buffer of a burst; a link under load soon has buffers as large as its chunks. */
const INITIAL_BYTES = 16 * 1024;
/** Larger buffers are not kept: one large answer must not pin its memory for ever. */
const KEEP_BYTES = 1024 * 1024;
const KEEP_BUFFERS = 8;
/** Up to this length, which covers nearly all bodies, copying words beats `set`. */
const SHORT_BYTES = 256;
const NAME_LENGTH_BYTES = 2;

/** The longest inline name, in UTF-8 bytes. */
export const MAX_NAME_BYTES = 65_535;

export class FrameWriter {
  #bytes = NOTHING;
  #length = 0;
  readonly #spare: Buffer[] = [];
  readonly #copier = new WordCopier();

  /** Bytes written and not yet drained. */
  get length(): number {
    return this.#length;
  }

  /** Writes one frame. A `name` goes inline in front of the body; the id of a known name is in the header. */
  write(header: Readonly<FrameHeader>, name: string | undefined, body: Body): void {
    const start = this.#length;
    this.#reserve(
      HEADER_BYTES + (name === undefined ? 0 : NAME_LENGTH_BYTES + name.length * 3) + roomForBody(body),
    );
    this.#length = start + HEADER_BYTES;
    if (name !== undefined) this.#writeName(name);
    if (typeof body === 'string') this.#length += this.#bytes.write(body, this.#length, 'utf8');
    else if (body instanceof RowBody) this.#length = body.write(this.#bytes, this.#length);
    else if (body !== undefined) this.#append(body, 0, body.length);
    this.#writeHeader(start, header, name === undefined ? header.flags : header.flags | INLINE_NAME);
  }

  /** Writes what `frame` carries, an inline name included, under another header: forwarding is one copy. */
  forward(header: Readonly<FrameHeader>, { bytes, start: from, end }: ArrivedFrame): void {
    const start = this.#length;
    this.#reserve(HEADER_BYTES + end - from);
    this.#length = start + HEADER_BYTES;
    this.#append(bytes, from, end);
    this.#writeHeader(start, header, header.flags);
  }

  /** Returns everything written so far, and begins a new chunk. */
  drain(): Buffer {
    const bytes = this.#bytes.subarray(0, this.#length);
    this.#bytes = NOTHING;
    this.#length = 0;
    this.#copier.release();
    return bytes;
  }

  /** Takes back what `drain` returned, once nothing reads it any more. */
  recycle(bytes: Buffer): void {
    const { buffer } = bytes;
    if (buffer.byteLength > KEEP_BYTES || this.#spare.length >= KEEP_BUFFERS) return;
    this.#spare.push(Buffer.from(buffer, 0, buffer.byteLength));
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

  #writeHeader(start: number, header: Readonly<FrameHeader>, flags: number): void {
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
