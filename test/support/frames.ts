/**
 * Frames for tests: made from a few fields, and read into plain records that outlive the call.
 */
import { bodyStart, bodyText, inlineName } from '../../src/wire/body.js';
import { codecOf, FrameWriter } from '../../src/wire/frame-writer.js';
import type { Body } from '../../src/wire/frame-writer.js';
import { FrameReader } from '../../src/wire/frame-reader.js';
import type { FrameSink } from '../../src/wire/frame-reader.js';
import { emptyHeader } from '../../src/wire/frame.js';
import type { FrameHeader, Kind } from '../../src/wire/frame.js';

/** One frame, read to its end. */
export interface FrameRecord extends Readonly<FrameHeader> {
  readonly inlineName: string | undefined;
  readonly text: string | undefined;
}

/** One frame to write. */
export interface FrameSpec extends Partial<FrameHeader> {
  readonly kind: Kind;
  readonly inlineName?: string | undefined;
  readonly body?: Body;
}

export function headerOf({ inlineName: _name, body, ...fields }: FrameSpec): FrameHeader {
  const header = { ...emptyHeader(fields.kind), ...fields };
  return { ...header, flags: header.flags | codecOf(body) };
}

/** All frames, one behind the other, as one piece of bytes of its own. */
export function bytesOf(...frames: readonly FrameSpec[]): Buffer {
  const writer = new FrameWriter();
  for (const frame of frames) writer.write(headerOf(frame), frame.inlineName, frame.body);
  return Buffer.from(writer.take());
}

export function recordOf(header: FrameHeader, bytes: Buffer, start: number, end: number): FrameRecord {
  const from = bodyStart(header, bytes, start, end);
  if (from === undefined) return { ...header, inlineName: undefined, text: undefined };
  const name = from === start ? undefined : inlineName(bytes, start);
  return { ...header, inlineName: name, text: bodyText(header, bytes, from, end) };
}

export interface RecordingSink extends FrameSink {
  readonly frames: FrameRecord[];
  readonly refusals: string[];
}

/** Keeps what a reader delivers. */
export function recordingSink(): RecordingSink {
  const frames: FrameRecord[] = [];
  const refusals: string[] = [];
  return {
    frames,
    refusals,
    frame: (header, bytes, start, end) => void frames.push(recordOf(header, bytes, start, end)),
    garbage: (reason) => void refusals.push(reason),
  };
}

export const ROOMY = 64 * 1024 * 1024;

/** Reads chunks with a fresh reader. */
export function readChunks(chunks: readonly Buffer[], maxFrameBytes = ROOMY): RecordingSink {
  const sink = recordingSink();
  const reader = new FrameReader(sink, maxFrameBytes);
  for (const chunk of chunks) reader.push(chunk);
  return sink;
}
