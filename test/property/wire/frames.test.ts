import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kind } from '../../../src/wire/frame.js';
import { bytesOf, readChunks, ROOMY } from '../../support/frames.js';
import type { FrameSpec } from '../../support/frames.js';
import { runs } from '../runs.js';

const name = fc.oneof(
  fc.constantFrom('', '__proto__', 'constructor', 'n'.repeat(10_000), '€'.repeat(5000)),
  fc.string({ unit: 'grapheme' }),
);
const body = fc.oneof(fc.constant(undefined), fc.json(), fc.string({ unit: 'grapheme', maxLength: 300 }));

const frame: fc.Arbitrary<FrameSpec> = fc.record({
  kind: fc.constantFrom(...Object.values(Kind)),
  peer: fc.integer({ min: -32_768, max: 32_767 }),
  correlation: fc.nat(0xffff_ffff),
  name: fc.nat(0xffff_ffff),
  remainingMs: fc.nat(0xffff_ffff),
  generation: fc.nat(0xffff),
  inlineName: fc.option(name, { nil: undefined }),
  body,
});

/** Cuts bytes at the given offsets, which may coincide. */
function cutAt(bytes: Buffer, offsets: readonly number[]): Buffer[] {
  const cuts = [...offsets].map((offset) => offset % (bytes.length + 1)).sort((one, other) => one - other);
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length));
}

/** The limit for the longest body and the longest name below. */
const SMALL = 200;

describe('frames', () => {
  it('are the same however their bytes were cut', () => {
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 40 }),
        (frames, offsets) => {
          const bytes = bytesOf(...frames);

          const read = readChunks(cutAt(bytes, offsets));

          expect(read.reasons).toEqual([]);
          expect(read.frames.map(({ flags: _flags, text, ...rest }) => ({ ...rest, body: text }))).toEqual(
            frames.map((sent) => ({ ...sent, inlineName: sent.inlineName, body: sent.body })),
          );
        },
      ),
    );
  });

  it('are never read from garbage: any bytes are read without a throw, and nothing after the first error', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 12 }),
        fc.array(frame, { maxLength: 3 }),
        fc.nat(11),
        (noise, frames, at) => {
          const chunks: Buffer[] = noise.map((bytes) => Buffer.from(bytes));
          chunks.splice(at, 0, bytesOf(...frames));

          const { reasons } = readChunks(chunks, SMALL);

          expect(reasons.length).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it('end at a broken frame: nothing behind it is read', () => {
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 4 }),
        frame,
        fc.array(fc.nat(), { maxLength: 10 }),
        (good, last, offsets) => {
          const broken = bytesOf(last);
          broken[4] = 0;
          const bytes = Buffer.concat([bytesOf(...good), broken, bytesOf(...good, last)]);

          const read = readChunks(cutAt(bytes, offsets));

          expect([read.frames.length, read.reasons]).toEqual([good.length, ['unknown frame kind 0']]);
        },
      ),
    );
  });

  it('never make a reader allocate more than the limit, whatever length they claim', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), fc.array(fc.nat(), { maxLength: 3 }), (length, offsets) => {
        const claim = Buffer.alloc(8);
        claim.writeUInt32LE(length);
        const before = process.memoryUsage().arrayBuffers;

        const { frames } = readChunks(cutAt(claim, offsets), SMALL);

        expect(frames).toEqual([]);
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(ROOMY / 16);
      }),
    );
  });
});
