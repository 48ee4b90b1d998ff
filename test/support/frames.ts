/**
 * Frames for tests: made from a few fields, and read into plain records that outlive the delivery.
 */
import type { ArrivedFrame } from '../../src/wire/arrived-frame.js';
import { codecOf } from '../../src/wire/body.js';
import type { Body } from '../../src/wire/body.js';
import { FrameWriter } from '../../src/wire/frame-writer.js';
import { FrameReader } from '../../src/wire/frame-reader.js';
import type { FrameListener } from '../../src/wire/frame-reader.js';
import { emptyHeader } from '../../src/wire/frame.js';
import type { FrameHeader, Kind } from '../../src/wire/frame.js';

/** A frame in plain data. */
export interface FrameRecord extends Readonly<FrameHeader> {
  readonly inlineName: string | undefined;
  readonly text: string | undefined;
}

/** A frame to write. */
export interface FrameSpec extends Partial<FrameHeader> {
  readonly kind: Kind;
  readonly inlineName?: string | undefined;
  readonly body?: Body;
}

export function headerOf({ inlineName: _name, body, ...fields }: FrameSpec): FrameHeader {
  const header = { ...emptyHeader(fields.kind), ...fields };
  return { ...header, flags: header.flags | codecOf(body) };
}

/** The bytes of all frames, one behind the other, in memory of their own. */
export function bytesOf(...frames: readonly FrameSpec[]): Buffer {
  const writer = new FrameWriter();
  for (const frame of frames) writer.write(headerOf(frame), frame.inlineName, frame.body);
  return Buffer.from(writer.drain());
}

export function recordOf(frame: ArrivedFrame): FrameRecord {
  const { header, start, bodyStart } = frame;
  if (bodyStart === undefined) return { ...header, inlineName: undefined, text: undefined };
  const name = bodyStart === start ? undefined : frame.inlineName;
  return { ...header, inlineName: name, text: frame.bodyText(bodyStart) };
}

export interface RecordedFrames extends FrameListener {
  readonly frames: FrameRecord[];
  /** The reasons that the reader gave. */
  readonly reasons: string[];
}

/** Records what a reader delivers. */
export function recordFrames(): RecordedFrames {
  const frames: FrameRecord[] = [];
  const reasons: string[] = [];
  return {
    frames,
    reasons,
    onFrame: (frame) => void frames.push(recordOf(frame)),
    onGarbage: (reason) => void reasons.push(reason),
  };
}

export const ROOMY = 64 * 1024 * 1024;

/** Reads chunks with a new reader. */
export function readChunks(chunks: readonly Buffer[], maxFrameBytes = ROOMY): RecordedFrames {
  const recorded = recordFrames();
  const reader = new FrameReader(recorded, maxFrameBytes);
  for (const chunk of chunks) reader.push(chunk);
  return recorded;
}
