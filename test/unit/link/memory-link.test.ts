import { vi } from 'vitest';
import { MemoryLink } from '../../../src/link/memory-link.js';
import { FrameReader } from '../../../src/wire/frame-reader.js';
import { describeLink } from './conformance.js';

describeLink('MemoryLink', (limits) => {
  const [left, right] = MemoryLink.pair(limits);
  const reads = vi.spyOn(FrameReader.prototype, 'push');
  return {
    left,
    right,
    writes: () => reads.mock.calls.length,
    dispose() {
      left.close();
      right.close();
      reads.mockRestore();
    },
  };
});
