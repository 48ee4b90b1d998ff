/**
 * Pipe: frames over the same kind of extra stdio pipe as ours; all frames of one tick leave in one write.
 */
import { Buffer } from 'node:buffer';

export const FD = 4;
export const OTHERS = 255;
/** As long as our header: length, destination, source, kind and the call's number; the rest is not used. */
const HEADER_BYTES = 24;
const PIECE_BYTES = 1 << 18;

/** The header of the frame that begins at `at`. */
export function read(bytes, at) {
  return { to: bytes[at + 4], from: bytes[at + 5], kind: bytes[at + 6], number: bytes.readUInt32LE(at + 8) };
}

export class Pipe {
  #stream;
  #piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
  #spare = [];
  #length = 0;
  #flushed;
  #resolve;

  /** `frame(bytes, start, end)` is called for each one that comes; its fields are read with `read`. */
  constructor(stream, frame) {
    this.#stream = stream;
    let rest;
    stream.on('data', (chunk) => {
      const bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      while (at + 4 <= bytes.length) {
        const end = at + bytes.readUInt32LE(at);
        if (end > bytes.length) break;
        frame(bytes, at, end);
        at = end;
      }
      rest = at === bytes.length ? undefined : bytes.subarray(at);
    });
  }

  /** A frame of its own for each call, around a body that was encoded beforehand. */
  send(to, from, kind, number, body) {
    this.#makeRoom(HEADER_BYTES + body.length);
    const piece = this.#piece;
    const at = this.#length;
    piece.writeUInt32LE(HEADER_BYTES + body.length, at);
    piece[at + 4] = to;
    piece[at + 5] = from;
    piece[at + 6] = kind;
    piece.writeUInt32LE(number, at + 8);
    this.#length = at + HEADER_BYTES + body.copy(piece, at + HEADER_BYTES);
  }

  forward(bytes, start, end) {
    this.#makeRoom(end - start);
    this.#length += bytes.copy(this.#piece, this.#length, start, end);
  }

  #makeRoom(bytes) {
    if (this.#length + bytes > PIECE_BYTES) this.#flush();
    if (this.#length === 0) process.nextTick(() => this.#flush());
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
