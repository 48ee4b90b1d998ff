/**
 * Recording listener: keeps what a link delivers, in order, and how it ended.
 */
import type { LinkEnd, LinkListener } from '../../src/link/link.js';
import { recordOf } from './frames.js';
import type { FrameRecord } from './frames.js';

export interface RecordingListener extends LinkListener {
  readonly frames: FrameRecord[];
  readonly ends: LinkEnd[];
}

/** @param onFrame - Called after a frame was kept, within its delivery. */
export function recordingListener(onFrame?: (frame: FrameRecord) => void): RecordingListener {
  const frames: FrameRecord[] = [];
  const ends: LinkEnd[] = [];
  return {
    frames,
    ends,
    frame(header, bytes, start, end) {
      const record = recordOf(header, bytes, start, end);
      frames.push(record);
      onFrame?.(record);
    },
    end: (how) => void ends.push(how),
  };
}
