import { describe, expect, it, vi } from 'vitest';
import type { ArrivedFrame } from '../../../src/wire/arrived-frame.js';
import { FrameReader } from '../../../src/wire/frame-reader.js';
import { HEADER_BYTES, INLINE_NAME, isKind, Kind } from '../../../src/wire/frame.js';
import { bytesOf, readChunks, recordFrames, ROOMY } from '../../support/frames.js';

const whole = {
  kind: Kind.request,
  flags: 0,
  peer: -3,
  correlation: 0xffff_ffff,
  name: 0xffff_fffe,
  remainingMs: 2_147_483_647,
  generation: 0xffff,
  body: '{"a":1}',
} as const;

describe('FrameReader', () => {
  it('reads back every header field at its largest value', () => {
    const { frames } = readChunks([bytesOf(whole)]);

    expect(frames).toEqual([
      {
        kind: Kind.request,
        flags: 1,
        peer: -3,
        correlation: 0xffff_ffff,
        name: 0xffff_fffe,
        remainingMs: 2_147_483_647,
        generation: 0xffff,
        inlineName: undefined,
        text: '{"a":1}',
      },
    ]);
  });

  it.each(['', '__proto__', 'ä€😀', 'x'.repeat(10_000)])('reads an inline name: %.20s', (name) => {
    const { frames } = readChunks([bytesOf({ kind: Kind.event, inlineName: name, body: '1' })]);

    expect(frames).toMatchObject([{ inlineName: name, text: '1', flags: INLINE_NAME | 1 }]);
  });

  it('distinguishes a missing body from empty text', () => {
    const { frames } = readChunks([bytesOf({ kind: Kind.event }, { kind: Kind.event, body: '""' })]);

    expect(frames.map(({ text }) => text)).toEqual([undefined, '""']);
  });

  it('assembles frames that arrive byte by byte', () => {
    const bytes = bytesOf(whole, { kind: Kind.ack }, { ...whole, inlineName: 'name' });

    const { frames, reasons } = readChunks(Array.from(bytes, (byte) => Buffer.of(byte)));

    expect(frames).toEqual(readChunks([bytes]).frames);
    expect([frames.length, reasons]).toEqual([3, []]);
  });

  it('reads a frame that lies whole in its chunk without copying it', () => {
    const chunk = bytesOf(whole);
    const bytes: Buffer[] = [];

    new FrameReader({ onFrame: (frame) => bytes.push(frame.bytes), onGarbage: () => {} }, ROOMY).push(chunk);

    expect(bytes).toEqual([chunk]);
    expect(bytes[0]).toBe(chunk);
  });

  it('keeps no chunk in memory once its frames are delivered', () => {
    const delivered: ArrivedFrame[] = [];
    const reader = new FrameReader({ onFrame: (frame) => delivered.push(frame), onGarbage: () => {} }, ROOMY);

    reader.push(bytesOf(whole));

    expect(delivered[0]?.bytes).toHaveLength(0);
  });

  it('ignores empty chunks', () => {
    const bytes = bytesOf(whole);
    const nothing = Buffer.alloc(0);

    const { frames } = readChunks([nothing, bytes.subarray(0, 2), nothing, bytes.subarray(2), nothing]);

    expect(frames).toHaveLength(1);
  });

  it('reports a length that is shorter than a header', () => {
    const bytes = Buffer.alloc(64);

    const { frames, reasons } = readChunks([bytes]);

    expect([frames, reasons]).toEqual([[], ['a frame of 4 bytes is shorter than its header']]);
  });

  it('accepts a frame of exactly the limit and reports one byte more', () => {
    const exact = bytesOf({ kind: Kind.event, body: 'x'.repeat(10) });
    const longer = bytesOf({ kind: Kind.event, body: 'x'.repeat(11) });

    const { frames, reasons } = readChunks([exact, longer], HEADER_BYTES + 10);

    expect(frames).toHaveLength(1);
    expect(reasons).toEqual([
      `a frame of ${HEADER_BYTES + 11} bytes is over the limit of ${HEADER_BYTES + 10}`,
    ]);
  });

  it('allocates nothing for a length that is over the limit', () => {
    const allocate = vi.spyOn(Buffer, 'allocUnsafe');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(0xffff_ffff);

    readChunks([length.subarray(0, 3), length.subarray(3)], 1000);

    expect(allocate).not.toHaveBeenCalled();
    allocate.mockRestore();
  });

  it.each([0, 128, 255])('reports frame kind %i as garbage: no version of the protocol has it', (kind) => {
    const bytes = bytesOf(whole);
    bytes[4] = kind;

    const { frames, reasons } = readChunks([bytes]);

    expect(frames).toEqual([]);
    expect(reasons).toEqual([`unknown frame kind ${kind}`]);
  });

  it.each([99, 127])(
    'ignores frame kind %i, which a later version may have, and delivers what follows',
    (kind) => {
      const later = bytesOf(whole);
      later[4] = kind;
      const recorded = recordFrames();
      const onIgnored = vi.fn<() => void>();
      const reader = new FrameReader({ ...recorded, onIgnored }, ROOMY);

      reader.push(Buffer.concat([later, bytesOf(whole)]));

      expect(onIgnored).toHaveBeenCalledOnce();
      expect(recorded.frames).toHaveLength(1);
      expect(recorded.reasons).toEqual([]);
    },
  );

  it.each([
    ['whole', [64]],
    ['cut in its length', [1, 63]],
    ['cut behind its length', [4, 60]],
  ])('ignores everything after garbage that came %s, and reports it once', (_how, cuts) => {
    const recorded = recordFrames();
    const reader = new FrameReader(recorded, ROOMY);
    const garbage = Buffer.alloc(64);

    let at = 0;
    for (const length of cuts) reader.push(garbage.subarray(at, (at += length)));
    reader.push(bytesOf(whole));
    reader.push(bytesOf(whole));

    expect(recorded.frames).toEqual([]);
    expect(recorded.reasons).toHaveLength(1);
  });

  it('delivers the frames in front of the garbage', () => {
    const { frames, reasons } = readChunks([
      Buffer.concat([bytesOf(whole), Buffer.alloc(30), bytesOf(whole)]),
    ]);

    expect([frames.length, reasons.length]).toEqual([1, 1]);
  });
});

describe('isKind', () => {
  it('knows every kind and no other number', () => {
    const known = Array.from({ length: 256 }, (_, number) => number).filter(isKind);

    expect(new Set(known)).toEqual(new Set(Object.values(Kind)));
  });
});
