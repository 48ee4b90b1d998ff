/**
 * Bodies: reading what a frame carries, and the name in front of it where one is spelt out.
 */
import { CODEC_MASK, Codec, INLINE_NAME } from './frame.js';
import type { Body } from './frame-writer.js';
import type { FrameHeader } from './frame.js';

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

/** The body, copied where it is bytes: what it came in is overwritten. */
export function readBody(header: FrameHeader, bytes: Buffer, start: number, end: number): Body {
  const codec = header.flags & CODEC_MASK;
  if (codec === Codec.none) return undefined;
  return codec === Codec.v8 ? Buffer.from(bytes.subarray(start, end)) : bytes.toString('utf8', start, end);
}

/** The body's text, `undefined` where there is no body. */
export function bodyText(header: FrameHeader, bytes: Buffer, start: number, end: number): string | undefined {
  return (header.flags & CODEC_MASK) === Codec.none ? undefined : bytes.toString('utf8', start, end);
}
