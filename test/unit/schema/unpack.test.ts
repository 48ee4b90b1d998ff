import { describe, expect, it } from 'vitest';
import { checkedCodec } from '../../../src/contract/checked-codec.js';
import {
  unpackArray,
  unpackBigInt,
  unpackBuffer,
  unpackBytes,
  unpackDate,
  unpackMap,
  unpackMembers,
  unpackRecord,
  unpackSet,
  unpackNumericDate,
  unpackTuple,
} from '../../../src/schema/unpack.js';
import type { ValueSpec } from '../../../src/contract/runtime.js';
import { kinds } from '../../golden/pages/kinds.js';

function specOf(handler: string): ValueSpec {
  const spec = kinds.handlers[handler];
  if (spec === undefined) throw new Error(`there is no ${handler}`);
  return spec.input;
}

const ID = '123456789012345678';

const STORED = {
  at: new Date(1_700_000_000_123),
  until: null,
  bits: -(2n ** 70n),
  raw: new Uint8Array([0, 255, 7]),
  seen: new Set([ID]),
  times: new Map([
    ['a', new Date(0)],
    ['__proto__', new Date(1)],
  ]),
  path: [1, 2, 3],
  line: ['first', new Date(2), new Date(3)],
  back: ['x', 'y', 5n],
};

describe('what crosses as something else', () => {
  it('arrives equal', () => {
    const codec = checkedCodec(specOf('stored'), 'data');

    expect(codec.decode(codec.encode(STORED, 'kinds'))).toEqual(STORED);
  });

  it('is read from what an untyped caller sends, a `Date` as JSON writes it', () => {
    const codec = checkedCodec(specOf('stored'), 'data');
    const wire = { ...(specOf('stored').pack(STORED) as object), at: STORED.at.toJSON() };

    expect(codec.decode(JSON.stringify(wire))).toEqual(STORED);
  });

  it('is refused, with its path, where it has another form', () => {
    const codec = checkedCodec(specOf('stored'), 'data');
    const wire = { ...(specOf('stored').pack(STORED) as object), at: 'soon', bits: 5, seen: { 0: ID } };

    expect(() => codec.decode(JSON.stringify(wire))).toThrow(
      'at: expected a valid Date, got "soon"; bits: expected a bigint, got 5; seen: expected a Set, got { 0 }',
    );
  });

  it('keeps a string a string where a `Date` may stand beside it', () => {
    const codec = checkedCodec(specOf('either'), 'data');
    const [text, date] = ['1970-01-01T00:00:00.000Z', new Date(5)];

    expect(codec.decode(codec.encode({ it: text, or: null }, 'kinds'))).toEqual({ it: text, or: null });
    expect(codec.decode(codec.encode({ it: date, or: null }, 'kinds'))).toEqual({ it: date, or: null });
  });

  it('refuses an invalid `Date` and a key `__proto__` before anything is sent', () => {
    const settings = JSON.parse('{ "name": "a", "__proto__": "b" }') as unknown;

    expect(() =>
      checkedCodec(specOf('stored'), 'data').encode({ ...STORED, at: new Date(Number.NaN) }, 'kinds'),
    ).toThrow('at: expected a valid Date');
    expect(() => checkedCodec(specOf('settings'), 'data').encode(settings, 'kinds')).toThrow(
      'expected an object without the key "__proto__"',
    );
  });

  it('stops at 64 levels of a type inside itself', () => {
    let tree: unknown = { at: 0, kids: [] };
    for (let i = 0; i < 500; i++) tree = { at: 0, kids: [], next: tree };
    const codec = checkedCodec(specOf('either'), 'data');

    expect(() => codec.decode(JSON.stringify({ it: 0, or: [tree] }))).toThrow('expected at most 64 levels');
  });
});

describe('decoders', () => {
  const all = [
    unpackBigInt,
    unpackBytes,
    unpackBuffer,
    unpackDate,
    unpackNumericDate,
    (value: unknown) => unpackArray(value, unpackDate),
    (value: unknown) => unpackTuple(value, { head: [unpackDate], rest: unpackBigInt, tail: [unpackBytes] }),
    (value: unknown) => unpackSet(value, unpackDate),
    (value: unknown) => unpackMap(value, unpackDate, unpackBigInt),
    (value: unknown) => unpackMembers(value, { a: unpackDate }),
    (value: unknown) => unpackRecord(value, unpackDate),
  ];
  const odd = [
    undefined,
    null,
    true,
    '',
    'x',
    '-',
    '1.5',
    '1e3',
    0,
    1e300,
    Number.NaN,
    {},
    [],
    [[]],
    [[1]],
    [1, 'x'],
  ];

  it.each(odd)('never throw, whatever %j is', (value) => {
    for (const unpack of all) expect(() => unpack(structuredClone(value))).not.toThrow();
  });

  it('leave alone what is not their form', () => {
    expect(['1.0', '0x1', '', ' 1', '01'].map(unpackBigInt)).toEqual(['1.0', '0x1', '', ' 1', '01']);
    expect(['abc', 'ab=c', 'äbcd'].map(unpackBytes)).toEqual(['abc', 'ab=c', 'äbcd']);
    expect([8.64e15 + 1, 0.5, '2020-01-01', '2020-13-01T00:00:00.000Z'].map(unpackDate)).toEqual([
      8.64e15 + 1,
      0.5,
      '2020-01-01',
      '2020-13-01T00:00:00.000Z',
    ]);
  });

  it('do not change what an object is through a key `__proto__`', () => {
    const value = JSON.parse('{ "__proto__": 0, "a": 0 }') as object;

    unpackRecord(value, unpackDate);

    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(value, '__proto__')?.value).toBe(0);
  });
});
