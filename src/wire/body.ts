/**
 * Bodies: reading what a frame carries, and the name in front of it where one is spelt out.
 */
import { CODEC_MASK, Codec, INLINE_NAME } from './frame.js';
import type { Body } from './frame-writer.js';
import type { FrameHeader } from './frame.js';
import { RowReader } from './rows/row-reader.js';

/** What a frame brought, or what one is to bring. */
export type ReadableBody = Body | RowReader;

const NAME_LENGTH_BYTES = 2;

/** Where the body proper begins: behind the name, where one is spelt out. `undefined`: the frame is broken. */
export function bodyStart(
  header: FrameHeader,
  bytes: Buffer,
  start: number,
  end: number,
): number | undefined {
  if ((header.flags & INLINE_NAME) === 0) return start;
  if (end - start < NAME_LENGTH_BYTES) return undefined;
  const at = start + NAME_LENGTH_BYTES + bytes.readUInt16LE(start);
  return at <= end ? at : undefined;
}

/** The name spelt out in front of the body. Only to be asked where `bodyStart` found one. */
export function inlineName(bytes: Buffer, start: number): string {
  const from = start + NAME_LENGTH_BYTES;
  return bytes.toString('utf8', from, from + bytes.readUInt16LE(start));
}

/**
 * The body, copied where it is bytes: what it came in is overwritten. A row is not read yet, and must be before the
 * frame's delivery is over.
 */
export function readBody(header: FrameHeader, bytes: Buffer, start: number, end: number): ReadableBody {
  switch (header.flags & CODEC_MASK) {
    case Codec.none:
      return undefined;
    case Codec.row:
      return new RowReader(bytes, start, end);
    case Codec.v8:
      return Buffer.from(bytes.subarray(start, end));
    default:
      return bytes.toString('utf8', start, end);
  }
}

/** The body's text, `undefined` where there is no body. */
export function bodyText(header: FrameHeader, bytes: Buffer, start: number, end: number): string | undefined {
  return (header.flags & CODEC_MASK) === Codec.none ? undefined : bytes.toString('utf8', start, end);
}
