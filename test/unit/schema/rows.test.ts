import { describe, expect, it } from 'vitest';
import {
  identity,
  rowCodec,
  orUndefined,
  orNull,
  writeRows,
  readRows,
  readRow,
} from '../../../src/contract/runtime.js';
import type { Row, ValueSpec } from '../../../src/contract/runtime.js';
import { unknown } from '../../../src/schema/shape.js';
import { trees } from '../../golden/pages/trees.js';

const ID = '123456789012345678';

function put(row: unknown[], value: unknown): void {
  const { a, b } = value as { readonly a: unknown; readonly b: unknown };
  row.push(a, b);
}

function take(row: Row, at: number): unknown {
  return { a: row[at], b: row[at + 1] };
}

const spec: ValueSpec = {
  is: (value) => typeof value === 'object',
  pack: identity,
  shape: unknown,
  ...rowCodec(() => ['row'], 2, take),
};

describe('rows', () => {
  it('lie one behind the other, and are found again', () => {
    const values = [
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ];

    const row = writeRows(values, put);

    expect(row).toEqual([1, 2, 3, 4]);
    expect(readRows(row, 2, take)).toEqual(values);
    expect(readRows([], 2, take)).toEqual([]);
  });

  it('leave `null` and nothing at all to the check', () => {
    const read = [null, undefined].flatMap((none) => [readRow(none, 2, take), readRows(none, 2, take)]);

    expect(read).toEqual([null, null, undefined, undefined]);
  });

  it.each([[[]], [[1]], [[1, 2, 3]], ['ab'], [{ length: 2 }], [0], [false]])('%j is no row of two', (row) => {
    expect(() => readRow(row, 2, take)).toThrow('expected 2 values');
  });

  it.each([[[1]], ['ab'], [{ length: 2 }], [0]])('%j is not made of rows of two', (row) => {
    expect(() => readRows(row, 2, take)).toThrow('expected a multiple of 2 values');
  });
});

describe('a place that may be empty', () => {
  it('has rows if what may stand there has', () => {
    const [nullable, optional] = [orNull(spec), orUndefined(spec)];

    expect([nullable.toRow?.(null), nullable.toRow?.({}), nullable.fromRow?.(null)]).toEqual([
      null,
      ['row'],
      null,
    ]);
    expect([optional.toRow?.(undefined), optional.toRow?.({}), optional.fromRow?.(undefined)]).toEqual([
      undefined,
      ['row'],
      undefined,
    ]);
  });

  it('has none otherwise', () => {
    const { toRow: _toRow, fromRow: _fromRow, ...plain } = spec;

    for (const place of [orNull(plain), orUndefined(plain)]) {
      expect(Object.keys(place)).not.toContain('toRow');
      expect(Object.keys(place)).not.toContain('fromRow');
    }
  });
});

describe('golden pages', () => {
  it('carry what nests, and drop what nobody named at every level', () => {
    const { toRow, fromRow } = trees.handlers['hold']?.input ?? {};
    const reply = { author: ID, text: 'b', replies: [] };
    const thread = { author: ID, text: 'a', replies: [reply, { ...reply, parent: reply }] };

    const row = JSON.stringify(toRow?.({ thread: { ...thread, extra: 1 }, nested: ['x', ['y']], extra: 1 }));

    expect(row).toBe(
      `[["x",["y"]],["${ID}",null,["${ID}",null,[],"b","${ID}",["${ID}",null,[],"b"],[],"b"],"a"]]`,
    );
    expect(fromRow?.(JSON.parse(row))).toStrictEqual({ thread, nested: ['x', ['y']] });
  });
});
