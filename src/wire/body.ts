/**
 * Bodies: what frames carry behind their headers.
 */
import { Codec } from './frame.js';
import { RowBody } from './rows/row-body.js';
import type { RowReader } from './rows/row-reader.js';

/** A body to send: JSON text, bytes of V8's structured clone, a row, or nothing. */
export type Body = string | Uint8Array | RowBody | undefined;

/** A body to read: one that has arrived, or one to send that stays in this process. */
export type ReadableBody = Body | RowReader;

/** Above this, the exact size is worth counting; below, three bytes a character are reserved. */
const COUNT_ABOVE = 64 * 1024;

/** The codec in which a body is written. */
export function codecOf(body: Body): Codec {
  if (body === undefined) return Codec.none;
  if (body instanceof RowBody) return Codec.row;
  return typeof body === 'string' ? Codec.json : Codec.v8;
}

/** An upper bound of a body's size in bytes. */
export function roomForBody(body: Body): number {
  if (body === undefined) return 0;
  if (body instanceof RowBody) return body.room;
  if (typeof body !== 'string') return body.length;
  return body.length > COUNT_ABOVE ? Buffer.byteLength(body) : body.length * 3;
}

/** Counts bytes only where the number of characters does not settle it. */
export function isTooLarge(body: Body, maxBytes: number): boolean {
  if (body instanceof RowBody) return body.room > maxBytes && body.byteLength() > maxBytes;
  if (body === undefined || body.length * 3 <= maxBytes) return false;
  return body.length > maxBytes || (typeof body === 'string' && Buffer.byteLength(body) > maxBytes);
}
