/**
 * Row writer: flat values in, bytes out (`row-format.ts` describes the bytes).
 */
import {
  MANY_VALUES,
  Mark,
  ROW_JSON,
  RowArray,
  RUN_VALUES,
  SHARED_TEXT_LENGTH,
  WIDE_TEXTS,
} from './row-format.js';
import { writeU16, writeU32 } from '../numbers.js';

/** The texts of a run are written one by one if it has at most this many values. */
const FEW_VALUES = 12;
/** Up to this length a loop writes a text faster than a call into native code. */
const LOOP_LENGTH = 24;
const HEAD_BYTES = 5;
const RUN_HEAD_BYTES = 2;
/** A mark and a double. */
const MOST_BYTES = 9;
/** Above this length it is worth measuring a text in UTF-8, instead of reserving room for the worst case. */
const COUNT_ABOVE = 64 * 1024;
const LONE_SURROGATE = /\p{Surrogate}/u;

const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);

/** An upper bound of the bytes that `writeRow` writes. */
export function roomForRow(values: readonly unknown[]): number {
  let room = HEAD_BYTES + RUN_HEAD_BYTES + (RUN_HEAD_BYTES * values.length) / RUN_VALUES;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    room += MOST_BYTES + (typeof value === 'string' ? roomForText(value) : 0);
  }
  return Math.ceil(room);
}

function roomForText(text: string): number {
  const { length } = text;
  if (length <= SHARED_TEXT_LENGTH) return length * 2;
  return length <= COUNT_ABOVE ? length * 3 : Math.max(length * 2, Buffer.byteLength(text));
}

/**
 * Writes flat values: JSON values that are not objects, and the marks of this format. Everything else becomes `null`.
 *
 * @returns Where the row ends.
 * @throws RangeError when there is too little room.
 */
export function writeRow(values: readonly unknown[], bytes: Buffer, start: number): number {
  let at = start;
  if (values.length < MANY_VALUES) bytes[at++] = values.length;
  else {
    bytes[at++] = MANY_VALUES;
    writeU32(bytes, at, values.length);
    at += 4;
  }
  for (let from = 0; from < values.length; from += RUN_VALUES) {
    at = writeRun(values, from, Math.min(from + RUN_VALUES, values.length), bytes, at);
  }
  return at;
}

function writeRun(
  values: readonly unknown[],
  from: number,
  to: number,
  bytes: Buffer,
  start: number,
): number {
  const textsAt = start + RUN_HEAD_BYTES;
  const write = to - from <= FEW_VALUES ? writeEach : writeJoined;
  let at = write(values, from, to, bytes, textsAt);
  if (at === NOT_ASCII) {
    at = textsAt + bytes.write(textsOf(values, from, to), textsAt, 'utf16le');
    writeU16(bytes, start, ((at - textsAt) >> 1) | WIDE_TEXTS);
  } else writeU16(bytes, start, at - textsAt);
  for (let i = from; i < to; i++) at = writeValue(values[i], bytes, at);
  return at;
}

/** In place of an end: the texts of the run must be written in UTF-16. */
const NOT_ASCII = -1;

/** Writes text by text, which is fastest for the few values of a small payload. */
function writeEach(
  values: readonly unknown[],
  from: number,
  to: number,
  bytes: Buffer,
  start: number,
): number {
  let at = start;
  for (let i = from; i < to; i++) {
    const value = values[i];
    if (typeof value !== 'string' || value.length > SHARED_TEXT_LENGTH) continue;
    at = value.length > LOOP_LENGTH ? writeAscii(value, bytes, at) : writeCodes(value, bytes, at);
    if (at === NOT_ASCII) return NOT_ASCII;
  }
  return at;
}

/** Writes all texts by one call into native code, which is fastest for many. */
function writeJoined(
  values: readonly unknown[],
  from: number,
  to: number,
  bytes: Buffer,
  start: number,
): number {
  const texts = textsOf(values, from, to);
  return texts === '' ? start : writeAscii(texts, bytes, start);
}

function textsOf(values: readonly unknown[], from: number, to: number): string {
  let texts = '';
  for (let i = from; i < to; i++) {
    const value = values[i];
    if (typeof value === 'string' && value.length <= SHARED_TEXT_LENGTH) texts += value;
  }
  return texts;
}

function writeAscii(text: string, bytes: Buffer, at: number): number {
  // As UTF-8, in which a character that is not ASCII takes more than a byte.
  return bytes.write(text, at) === text.length ? at + text.length : NOT_ASCII;
}

function writeCodes(text: string, bytes: Buffer, at: number): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return NOT_ASCII;
    bytes[at + i] = code;
  }
  return at + text.length;
}

function writeValue(value: unknown, bytes: Buffer, start: number): number {
  let at = start;
  switch (typeof value) {
    case 'string':
      return writeTextMark(value, bytes, at);
    case 'number':
      return writeNumber(value, bytes, at);
    case 'boolean':
      bytes[at++] = value ? Mark.true : Mark.false;
      return at;
    case 'symbol':
      bytes[at++] = value === ROW_JSON ? Mark.json : Mark.null;
      return at;
    default:
      if (!(value instanceof RowArray)) {
        bytes[at++] = Mark.null;
        return at;
      }
      bytes[at++] = Mark.array;
      writeU32(bytes, at, value.length);
      return at + 4;
  }
}

function writeTextMark(text: string, bytes: Buffer, start: number): number {
  let at = start;
  if (text.length < Mark.shortText) bytes[at++] = Mark.shortText + text.length;
  else if (text.length <= SHARED_TEXT_LENGTH) {
    bytes[at++] = Mark.text;
    bytes[at++] = text.length;
  } else return writeLongText(text, bytes, at);
  return at;
}

function writeLongText(text: string, bytes: Buffer, start: number): number {
  const at = start + 5;
  let written = bytes.write(text, at);
  const isWide = written !== text.length && LONE_SURROGATE.test(text);
  if (isWide) written = bytes.write(text, at, 'utf16le');
  bytes[start] = isWide ? Mark.longWideText : Mark.longText;
  writeU32(bytes, start + 1, written);
  return at + written;
}

function writeNumber(value: number, bytes: Buffer, start: number): number {
  let at = start;
  // -0 is 0, as it is in JSON.
  const int = value | 0;
  if (int !== value) {
    if (!Number.isFinite(value)) {
      bytes[at++] = Mark.null;
      return at;
    }
    bytes[at++] = Mark.double;
    double[0] = value;
    for (let k = 0; k < 8; k++) bytes[at++] = doubleBytes[k] as number;
    return at;
  }
  if (int >= 0 && int < 128) {
    bytes[at++] = Mark.smallInt + int;
    return at;
  }
  bytes[at] = Mark.int;
  writeU32(bytes, at + 1, int);
  return at + 5;
}
