/**
 * Recording listener: records what a link delivers, in order, and how it ended.
 */
import type { LinkEnd, LinkListener } from '../../src/link/link.js';
import { recordOf } from './frames.js';
import type { FrameRecord } from './frames.js';

export interface RecordingListener extends LinkListener {
  readonly frames: FrameRecord[];
  readonly ends: LinkEnd[];
  /** How many frames of a later version of the protocol were ignored. */
  readonly ignored: () => number;
}

/** @param onFrame - Called after a frame was recorded, within its delivery. */
export function recordingListener(onFrame?: (frame: FrameRecord) => void): RecordingListener {
  const frames: FrameRecord[] = [];
  const ends: LinkEnd[] = [];
  let ignored = 0;
  return {
    frames,
    ends,
    ignored: () => ignored,
    onIgnored: () => void (ignored += 1),
    onFrame(frame) {
      const record = recordOf(frame);
      frames.push(record);
      onFrame?.(record);
    },
    onEnd: (how) => void ends.push(how),
  };
}
