/**
 * Pipe: frames over the same kind of extra stdio pipe as ours; all frames of one tick leave in one write.
 */
import { Buffer } from 'node:buffer';

export const FD = 4;
export const OTHERS = 255;
/** As long as our header, of which only the length, the destination and the kind are used. */
const HEADER_BYTES = 24;
const PIECE_BYTES = 1 << 18;

/** A frame whose body is `value` as JSON. */
export function makeFrame(to, kind, value) {
  const body = Buffer.from(JSON.stringify(value));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(HEADER_BYTES + body.length, 0);
  header[4] = to;
  header[5] = kind;
  return Buffer.concat([header, body]);
}

export class Pipe {
  #stream;
  #piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
  #spare = [];
  #length = 0;
  #flushed;
  #resolve;

  /** `frame(to, kind, bytes, start, end)` is called for each one that comes. */
  constructor(stream, frame) {
    this.#stream = stream;
    let rest;
    stream.on('data', (chunk) => {
      const bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      while (at + 4 <= bytes.length) {
        const end = at + bytes.readUInt32LE(at);
        if (end > bytes.length) break;
        frame(bytes[at + 4], bytes[at + 5], bytes, at, end);
        at = end;
      }
      rest = at === bytes.length ? undefined : bytes.subarray(at);
    });
  }

  send(bytes, start, end) {
    if (this.#length + end - start > PIECE_BYTES) this.#flush();
    if (this.#length === 0) process.nextTick(() => this.#flush());
    this.#length += bytes.copy(this.#piece, this.#length, start, end);
  }

  /** Resolves when the operating system has what was sent so far. */
  flushed() {
    this.#flushed ??= new Promise((resolve) => (this.#resolve = resolve));
    return this.#flushed;
  }

  #flush() {
    if (this.#length === 0) return;
    const [piece, resolve] = [this.#piece, this.#resolve];
    this.#stream.write(piece.subarray(0, this.#length), () => {
      this.#spare.push(piece);
      resolve?.();
    });
    this.#piece = this.#spare.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES);
    this.#length = 0;
    this.#flushed = undefined;
    this.#resolve = undefined;
  }
}
