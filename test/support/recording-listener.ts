/**
 * Recording listener: records what a link delivers, in order, and how it ended.
 */
import type { LinkEnd, LinkListener } from '../../src/link/link.js';
import { recordOf } from './frames.js';
import type { FrameRecord } from './frames.js';

export interface RecordingListener extends LinkListener {
  readonly frames: FrameRecord[];
  readonly ends: LinkEnd[];
}

/** @param onFrame - Called after a frame was recorded, within its delivery. */
export function recordingListener(onFrame?: (frame: FrameRecord) => void): RecordingListener {
  const frames: FrameRecord[] = [];
  const ends: LinkEnd[] = [];
  return {
    frames,
    ends,
    onFrame(frame) {
      const record = recordOf(frame);
      frames.push(record);
      onFrame?.(record);
    },
    onEnd: (how) => void ends.push(how),
  };
}
