import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUN_VALUES, SHARED_TEXT_LENGTH } from '../../../src/wire/rows/row-format.js';
import { RowReader } from '../../../src/wire/rows/row-reader.js';
import { RowBody } from '../../../src/wire/rows/row-body.js';

const GIVEN = Buffer.from('before');

/** Reads a row as the other side does, from the middle of other bytes. */
function sent(values: readonly unknown[]): unknown {
  const row = new RowBody(values);
  const bytes = Buffer.alloc(GIVEN.length + row.room, GIVEN);
  const end = row.write(bytes, GIVEN.length);
  return new RowReader(bytes, GIVEN.length, end).read();
}

function asJson(values: readonly unknown[]): unknown {
  return JSON.parse(JSON.stringify(values));
}

const texts = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  // Halves of surrogate pairs, too.
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
    .map((codes) => String.fromCharCode(...codes)),
  fc.string({ minLength: SHARED_TEXT_LENGTH - 2, maxLength: SHARED_TEXT_LENGTH + 40 }),
  fc.string({ unit: 'grapheme', minLength: SHARED_TEXT_LENGTH, maxLength: 400 }),
);
const numbers = fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger(), fc.integer({ min: -3, max: 130 }));
const plain = fc.oneof(texts, numbers, fc.boolean(), fc.constantFrom(null, undefined));
const { value: anyValue } = fc.letrec<{ readonly value: unknown }>((tie) => ({
  value: fc.oneof(
    { weight: 4, arbitrary: plain },
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string({ maxLength: 3 }), tie('value'), { maxKeys: 3 }),
    fc.date({ noInvalidDate: true }),
  ),
}));

const NO_ROW = 'the bytes are damaged or incomplete';

function problemOf(read: () => unknown): Error | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

describe('a row', () => {
  it('arrives as JSON would', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 12 }), (values) => {
        expect(sent(values)).toEqual(asJson(values));
      }),
    );
  });

  it('of many values arrives as JSON would', () => {
    fc.assert(
      fc.property(fc.array(plain, { minLength: RUN_VALUES - 1, maxLength: RUN_VALUES * 5 }), (values) => {
        expect(sent(values)).toEqual(asJson(values));
      }),
      { numRuns: 40 },
    );
  });

  it.each<[string, unknown[]]>([
    ['nothing', []],
    ['more values than a byte counts', Array.from({ length: 256 }, (_, i) => i)],
    ['as many as say that a number follows', Array.from({ length: 255 }, (_, i) => `text ${i}`)],
    [
      'numbers at the edges of their forms',
      [0, -0, 127, 128, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53, 5e-324],
    ],
    ['what JSON has no form for', [undefined, Number.NaN, Number.POSITIVE_INFINITY, Symbol('x'), () => 1]],
    ['a hole', [1, , 3]], // oxlint-disable-line no-sparse-arrays
    ['a long text of half a pair', ['x'.repeat(300) + '\ud800']],
    ['a very long text', ['ü'.repeat(100_000), 'x'.repeat(100_000)]],
    ['an object that says itself what it is', [{ toJSON: () => 'said' }, { toJSON: () => undefined }]],
    ['an array that says itself what it is', [Object.assign([1], { toJSON: () => 'said' })]],
    ['arrays in arrays', [[], [[]], [1, [2, [3]], 'x'], [{ a: [1] }]]],
  ])('of %s arrives as JSON would', (_name, values) => {
    expect(sent(values)).toEqual(asJson(values));
  });

  it('of deeply nested arrays arrives as JSON would', () => {
    let deep: unknown = 'end';
    for (let i = 0; i < 100; i++) deep = [deep, i];

    expect(sent([deep])).toEqual(asJson([deep]));
  });

  it('is read in its own process as in others', () => {
    const values = [1, 'two', undefined, [3, { four: 5 }]];

    expect(new RowBody(values).read()).toEqual(sent(values));
  });

  it('does not change with the values that it was made of', () => {
    const inner = [1];
    const named = { a: 1 };
    const row = new RowBody([inner, named]);

    inner.push(2);
    named.a = 2;

    expect(row.read()).toEqual([[1], { a: 1 }]);
  });

  it('knows its size, and needs no more room than it claims', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 12 }), (values) => {
        const row = new RowBody(values);

        expect(row.byteLength()).toBeLessThanOrEqual(row.room);
        expect(row.byteLength()).toBe(row.write(Buffer.alloc(row.room), 0));
      }),
    );
  });

  it('is not kept in memory by code that keeps one of its texts', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const row = new RowBody(Array.from({ length: 3000 }, (_, i) => `a text of some length, number ${i}`));
    collect();
    const before = process.memoryUsage().heapUsed;

    const kept = Array.from({ length: 100 }, () => row.read()[1500]);
    collect();

    expect(new Set(kept).size).toBe(1);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan((100 * row.byteLength()) / 4);
  });

  it('of an array that contains itself throws, as JSON does', () => {
    const circle: unknown[] = [];
    circle.push(circle, circle);

    expect(() => new RowBody([circle])).toThrow('circular');
    expect(() => new RowBody([1n])).toThrow('BigInt');
  });
});

describe('bytes that are not a row', () => {
  it('throw an error that says so, unless they happen to be a row', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (garbage) => {
        const bytes = Buffer.from(garbage);
        const problem = problemOf(() => new RowReader(bytes, 0, bytes.length).read());

        expect(problem === undefined || problem instanceof SyntaxError || problem.message === NO_ROW).toBe(
          true,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('that were cut or changed never read beyond their end', () => {
    const row = new RowBody([1, 'a text', 2.5, [true, 'x'.repeat(300)], { a: 1 }, 'ü']);
    const bytes = Buffer.alloc(row.room + 64, 7);
    const end = row.write(bytes, 0);

    for (let cut = 0; cut < end; cut++) {
      expect(() => new RowReader(bytes, 0, cut).read(), String(cut)).toThrow(NO_ROW);
    }
  });

  it('that claim millions of values cost nothing', () => {
    const bytes = Buffer.from([255, 255, 255, 255, 255, 0, 0]);

    expect(() => new RowReader(bytes, 0, bytes.length).read()).toThrow(NO_ROW);
  });
});
