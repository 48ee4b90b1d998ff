import { describe, expect, it } from 'vitest';
import { ArrivedFrame } from '../../../src/wire/arrived-frame.js';
import { codecOf } from '../../../src/wire/body.js';
import { FrameWriter, MAX_NAME_BYTES } from '../../../src/wire/frame-writer.js';
import { Codec, emptyHeader, INLINE_NAME, Kind } from '../../../src/wire/frame.js';
import { bytesOf, headerOf, readChunks } from '../../support/frames.js';

const big = 'ü'.repeat(200_000);

describe('FrameWriter', () => {
  it('writes frames one behind the other into one chunk', () => {
    const writer = new FrameWriter();

    writer.write(headerOf({ kind: Kind.ack, correlation: 1 }), undefined, undefined);
    writer.write(headerOf({ kind: Kind.ack, correlation: 2 }), undefined, undefined);
    const piece = writer.drain();

    expect(readChunks([piece]).frames.map(({ correlation }) => correlation)).toEqual([1, 2]);
    expect(writer.length).toBe(0);
  });

  it('grows for a frame that does not fit, and keeps the frames before', () => {
    const { frames } = readChunks([
      bytesOf(
        { kind: Kind.event, body: 'small' },
        { kind: Kind.event, inlineName: 'n', body: big },
        { kind: Kind.ack },
      ),
    ]);

    expect(frames.map(({ text }) => text)).toEqual(['small', big, undefined]);
  });

  it('writes bytes as they are', () => {
    const short = Uint8Array.from([123, 125]);
    const long = Buffer.from(JSON.stringify('y'.repeat(500)));

    const { frames } = readChunks([
      bytesOf({ kind: Kind.result, body: short }, { kind: Kind.result, body: long }),
    ]);

    expect(frames.map(({ text }) => text)).toEqual(['{}', long.toString()]);
  });

  it.each(['', 'x'.repeat(65), 'x'.repeat(10)])(
    'forwards a body, name included, without reading it: %.5s',
    (body) => {
      const original = bytesOf({ kind: Kind.event, inlineName: '__proto__', body });
      const writer = new FrameWriter();
      const header = { ...emptyHeader(Kind.event), flags: INLINE_NAME | Codec.json, peer: 7 };

      writer.forward(header, new ArrivedFrame(header, original, 22));

      expect(readChunks([Buffer.from(writer.drain())]).frames).toMatchObject([
        { peer: 7, inlineName: '__proto__', text: body },
      ]);
    },
  );

  it('writes an inline name of the longest length', () => {
    const name = 'n'.repeat(MAX_NAME_BYTES);

    const { frames } = readChunks([bytesOf({ kind: Kind.request, inlineName: name })]);

    expect(frames[0]?.inlineName).toBe(name);
  });

  it('does not write into a chunk that was drained and not recycled', () => {
    const writer = new FrameWriter();
    writer.write(headerOf({ kind: Kind.ack, correlation: 1 }), undefined, undefined);
    const taken = writer.drain();

    writer.write(headerOf({ kind: Kind.ack, correlation: 2 }), undefined, undefined);

    expect(readChunks([taken]).frames).toMatchObject([{ correlation: 1 }]);
  });

  it('writes into a chunk again once it was recycled', () => {
    const writer = new FrameWriter();
    writer.write(headerOf({ kind: Kind.ack }), undefined, undefined);
    const first = writer.drain();
    writer.recycle(first);

    writer.drain();
    writer.write(headerOf({ kind: Kind.ack }), undefined, undefined);

    expect(writer.drain().buffer).toBe(first.buffer);
  });

  it('holds no memory before its first frame, nor between a chunk and the next frame', () => {
    const writer = new FrameWriter();

    const before = writer.drain();
    writer.write(headerOf({ kind: Kind.ack }), undefined, undefined);
    writer.drain();

    expect(before.buffer.byteLength).toBe(0);
    expect(writer.drain().buffer.byteLength).toBe(0);
  });

  it('writes a frame that is larger than the recycled buffer', () => {
    const writer = new FrameWriter();
    writer.write(headerOf({ kind: Kind.ack, correlation: 1 }), undefined, undefined);
    writer.recycle(writer.drain());

    writer.write(headerOf({ kind: Kind.result, body: big }), undefined, big);
    writer.write(headerOf({ kind: Kind.ack, correlation: 2 }), undefined, undefined);

    expect(readChunks([writer.drain()]).frames).toMatchObject([{ text: big }, { correlation: 2 }]);
  });

  it('does not keep the buffer of one large frame', () => {
    const writer = new FrameWriter();
    writer.write(headerOf({ kind: Kind.result }), undefined, Buffer.alloc(3 * 1024 * 1024));
    const large = writer.drain();
    writer.recycle(large);

    writer.drain();
    writer.write(headerOf({ kind: Kind.ack }), undefined, undefined);

    expect(writer.drain().buffer).not.toBe(large.buffer);
  });
});

describe('codecOf', () => {
  it('distinguishes no body, empty text and no bytes', () => {
    const codecs = [codecOf(undefined), codecOf(''), codecOf(new Uint8Array())];

    expect(codecs).toEqual([Codec.none, Codec.json, Codec.v8]);
  });
});
