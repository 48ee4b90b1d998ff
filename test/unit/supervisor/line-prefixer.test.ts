import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinePrefixer } from '../../../src/supervisor/line-prefixer.js';

const KIB = 1024;

function prefixed(...chunks: readonly (string | Buffer)[]): string {
  const lines = new LinePrefixer('> ');
  const out = chunks.map((chunk) => lines.push(Buffer.from(chunk)));
  return Buffer.concat([...out, lines.flush()]).toString();
}

describe('a line prefixer', () => {
  it('puts its word in front of every line, empty ones included', () => {
    expect(prefixed('one\n\ntwo\r\n')).toBe('> one\n> \n> two\r\n');
  });

  it('says nothing of a line before its end has come', () => {
    const lines = new LinePrefixer('> ');

    const pieces = ['a', 'b\nc', '\n'].map((piece) => lines.push(Buffer.from(piece)).toString());

    expect(pieces).toEqual(['', '> ab\n', '> c\n']);
  });

  it('ends the last line where its writer did not, and adds nothing to one that is whole', () => {
    expect([prefixed('one\ntwo'), prefixed('one\n'), prefixed()]).toEqual(['> one\n> two\n', '> one\n', '']);
  });

  it('cuts a line that is too long to be kept, between characters', () => {
    const text = `x${'é'.repeat(100 * KIB)}`;

    const lines = prefixed(text).split('\n');

    expect(lines.every((line) => Buffer.byteLength(line) <= 64 * KIB + 2)).toBe(true);
    expect(lines.map((line) => line.slice(2)).join('')).toBe(text);
    expect(lines.length).toBe(5);
  });

  it('keeps colours as they are', () => {
    expect(prefixed('\u001B[31mred\u001B[39m\n')).toBe('> \u001B[31mred\u001B[39m\n');
  });

  it('does the same however its text is cut into pieces', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', '😀') }),
        fc.array(fc.nat(40)),
        (text, cuts) => {
          const bytes = Buffer.from(text);
          const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length].map((at) =>
            Math.min(at, bytes.length),
          );
          const chunks = places.slice(1).map((at, index) => bytes.subarray(places[index], at));

          expect(prefixed(...chunks)).toBe(prefixed(text));
        },
      ),
    );
  });
});
