import { describe, expect, it } from 'vitest';
import { ArrivedFrame } from '../../../src/wire/arrived-frame.js';
import { Codec, emptyHeader, INLINE_NAME, Kind } from '../../../src/wire/frame.js';
import { NameTable } from '../../../src/wire/name-table.js';

const inline = { ...emptyHeader(Kind.request), flags: INLINE_NAME | Codec.json };
const json = { ...emptyHeader(Kind.result), flags: Codec.json };

/** A u16 length, then bytes. */
function named(length: number, text: string): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(2), Buffer.from(text)]);
  bytes.writeUInt16LE(length);
  return bytes;
}

describe('ArrivedFrame.bodyStart', () => {
  it('is where the frame begins that has no inline name', () => {
    expect(new ArrivedFrame(emptyHeader(Kind.event)).bodyStart).toBe(0);
  });

  it('is behind a name that fills the whole frame', () => {
    const frame = new ArrivedFrame(inline, named(4, 'name'));

    expect(frame.bodyStart).toBe(6);
    expect(frame.inlineName).toBe('name');
  });

  it.each([
    ['has no room for its length', Buffer.alloc(1)],
    ['is longer than the frame', named(5, 'name')],
  ])('is undefined when the name %s', (_why, bytes) => {
    expect(new ArrivedFrame(inline, bytes).bodyStart).toBeUndefined();
  });
});

describe('ArrivedFrame.nameIn', () => {
  const names = new NameTable();
  names.learn([7, 'work']);

  it('is the name of the id in the header', () => {
    expect(new ArrivedFrame({ ...json, name: 7 }).nameIn(names)).toBe('work');
  });

  it('is the inline name, whatever the header says', () => {
    expect(new ArrivedFrame({ ...inline, name: 7 }, named(5, 'other')).nameIn(names)).toBe('other');
  });

  it('is undefined for an id that nothing has, and for a frame too short for its name', () => {
    expect(new ArrivedFrame({ ...json, name: 8 }).nameIn(names)).toBeUndefined();
    expect(new ArrivedFrame({ ...inline, name: 7 }, named(5, 'name')).nameIn(names)).toBeUndefined();
  });
});

describe('ArrivedFrame.bodyText', () => {
  it('is undefined where there is no body, whatever bytes follow', () => {
    expect(new ArrivedFrame(emptyHeader(Kind.result), Buffer.from('null')).bodyText()).toBeUndefined();
  });

  it('is the text between the two ends', () => {
    expect(new ArrivedFrame(json, Buffer.from('[12]'), 1, 3).bodyText()).toBe('12');
  });
});

describe('ArrivedFrame.copy', () => {
  it('outlives the bytes and the header that the frame arrived in', () => {
    const header = { ...json, peer: 3 };
    const bytes = Buffer.from('..["body"]..');
    const frame = new ArrivedFrame(header, bytes, 2, 10);

    const copy = frame.copy();
    header.peer = 4;
    bytes.fill(0);
    frame.release();

    expect(copy.header.peer).toBe(3);
    expect(copy.bodyText()).toBe('["body"]');
  });
});
