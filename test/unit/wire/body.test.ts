import { describe, expect, it } from 'vitest';
import { isTooLarge } from '../../../src/wire/body.js';
import { RowBody } from '../../../src/wire/rows/row-body.js';

describe('isTooLarge', () => {
  it('is never true of no body', () => {
    expect(isTooLarge(undefined, 0)).toBe(false);
  });

  it.each([
    ['ASCII text', 'a'.repeat(10), 10],
    ['text of three bytes a character', '€'.repeat(10), 30],
    ['bytes', new Uint8Array(10), 10],
    ['a row', new RowBody(['a'.repeat(10)]), new RowBody(['a'.repeat(10)]).byteLength()],
  ])('counts the bytes of %s', (_what, body, size) => {
    expect(isTooLarge(body, size)).toBe(false);
    expect(isTooLarge(body, size - 1)).toBe(true);
  });
});
