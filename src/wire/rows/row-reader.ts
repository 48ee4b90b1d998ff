/**
 * Row reader: the bytes of a row in, its values out (`row-format.ts` describes the bytes).
 *
 * Bytes that are not a row throw, and never cost more than their length: a claimed number is believed only as far as
 * there are bytes for it.
 */
import { MANY_VALUES, Mark, ROW_JSON, RowArray, RUN_VALUES, WIDE_TEXTS } from './row-format.js';
import { readI32, readU16, readU32 } from '../numbers.js';

const LENGTH_BYTES = 4;

const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);

/** Valid only as long as the bytes that the row arrived in, and for one `read`. */
export class RowReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;
  /** Whether no mark so far changes the meaning of later values. */
  #isFlat = true;

  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  /** @throws Error when the bytes are not a row. */
  read(): unknown[] {
    const values = this.#allocate();
    for (let from = 0; from < values.length; from += RUN_VALUES) {
      this.#run(values, from, Math.min(from + RUN_VALUES, values.length));
    }
    if (this.#at !== this.#end) throw broken();
    return this.#isFlat ? values : nested(values);
  }

  /** Reads the number of values. Returns an array of that length. */
  #allocate(): unknown[] {
    if (this.#at === this.#end) throw broken();
    let count = this.#bytes[this.#at++] as number;
    if (count === MANY_VALUES) count = this.#length();
    // Each value takes at least one byte.
    if (count > this.#end - this.#at) throw broken();
    return new Array<unknown>(count);
  }

  #run(values: unknown[], from: number, to: number): void {
    const bytes = this.#bytes;
    const texts = this.#texts();
    let textAt = 0;
    for (let i = from; i < to; i++) {
      const mark = bytes[this.#at++] as number;
      if (mark >= Mark.smallInt) values[i] = mark - Mark.smallInt;
      else if (mark >= Mark.text) {
        const length = mark === Mark.text ? (bytes[this.#at++] as number) : mark - Mark.shortText;
        values[i] = texts.substring(textAt, (textAt += length));
      } else values[i] = this.#value(mark);
    }
    if (textAt !== texts.length) throw broken();
  }

  #texts(): string {
    const start = this.#skip(2);
    const length = readU16(this.#bytes, start);
    if (length === 0) return '';
    if (length < WIDE_TEXTS) {
      const from = this.#skip(length);
      return this.#bytes.toString('latin1', from, this.#at);
    }
    const from = this.#skip((length - WIDE_TEXTS) * 2);
    return this.#bytes.toString('utf16le', from, this.#at);
  }

  #value(mark: number): unknown {
    switch (mark) {
      case Mark.null:
        return null;
      case Mark.true:
        return true;
      case Mark.false:
        return false;
      case Mark.int:
        return readI32(this.#bytes, this.#skip(LENGTH_BYTES));
      case Mark.double:
        return this.#double();
      case Mark.longText:
        return this.#longText('utf8');
      case Mark.longWideText:
        return this.#longText('utf16le');
      case Mark.array:
        this.#isFlat = false;
        return new RowArray(this.#length());
      case Mark.json:
        this.#isFlat = false;
        return ROW_JSON;
      default:
        throw broken();
    }
  }

  #double(): number {
    const from = this.#skip(doubleBytes.length);
    for (let k = 0; k < doubleBytes.length; k++) doubleBytes[k] = this.#bytes[from + k] as number;
    return double[0] as number;
  }

  #longText(encoding: 'utf8' | 'utf16le'): string {
    const from = this.#skip(this.#length());
    return this.#bytes.toString(encoding, from, this.#at);
  }

  #length(): number {
    return readU32(this.#bytes, this.#skip(LENGTH_BYTES));
  }

  /** Moves past `bytes` bytes. Returns where they begin. */
  #skip(bytes: number): number {
    const from = this.#at;
    if (from + bytes > this.#end) throw broken();
    this.#at = from + bytes;
    return from;
  }
}

/** Puts items into their arrays, and parses JSON. */
function nested(flat: readonly unknown[]): unknown[] {
  let at = 0;
  const next = (): unknown => {
    if (at >= flat.length) throw broken();
    const value = flat[at++];
    if (value === ROW_JSON) return JSON.parse(String(flat[at++])) as unknown;
    if (!(value instanceof RowArray)) return value;
    const items: unknown[] = [];
    for (let i = 0; i < value.length; i++) items.push(next());
    return items;
  };
  const values: unknown[] = [];
  while (at < flat.length) values.push(next());
  return values;
}

function broken(): Error {
  return new Error('the bytes are damaged or incomplete');
}
