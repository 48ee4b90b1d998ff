import { describe, expect, it } from 'vitest';
import { bodyStart, bodyText, inlineName } from '../../../src/wire/body.js';
import { emptyHeader, INLINE_NAME, Kind } from '../../../src/wire/frame.js';

const spelt = { ...emptyHeader(Kind.request), flags: INLINE_NAME | 1 };

/** A u16 length, then bytes. */
function named(length: number, text: string): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(2), Buffer.from(text)]);
  bytes.writeUInt16LE(length);
  return bytes;
}

describe('bodyStart', () => {
  it('is where the body begins when no name is spelt out', () => {
    expect(bodyStart(emptyHeader(Kind.event), Buffer.alloc(0), 0, 0)).toBe(0);
  });

  it('is behind a name that fills the whole frame', () => {
    const bytes = named(4, 'name');

    expect(bodyStart(spelt, bytes, 0, bytes.length)).toBe(6);
    expect(inlineName(bytes, 0)).toBe('name');
  });

  it.each([
    ['has no room for its length', Buffer.alloc(1)],
    ['is longer than the frame', named(5, 'name')],
  ])('says that a frame is broken whose name %s', (_why, bytes) => {
    expect(bodyStart(spelt, bytes, 0, bytes.length)).toBeUndefined();
  });
});

describe('bodyText', () => {
  it('is undefined where there is no body, whatever bytes follow', () => {
    expect(bodyText(emptyHeader(Kind.result), Buffer.from('null'), 0, 4)).toBeUndefined();
  });

  it('is the text between the two ends', () => {
    expect(bodyText({ ...emptyHeader(Kind.result), flags: 1 }, Buffer.from('[12]'), 1, 3)).toBe('12');
  });
});
