import { describe, expect, it } from 'vitest';
import {
  isArrayOf,
  isInt,
  isNumber,
  isObject,
  isSnowflake,
  isString,
  isUInt,
} from '../../../src/schema/checks.js';
import { mergePacked } from '../../../src/schema/merge-packed.js';
import { orUndefined, orNull, identity } from '../../../src/schema/value-specs.js';
import { explain } from '../../../src/schema/explain.js';
import { string } from '../../../src/schema/shape.js';

describe('checks', () => {
  it('takes 17 to 20 digits that fit 64 bits for a snowflake', () => {
    const good = ['12345678901234567', '123456789012345678', '18446744073709551615'];
    const bad = [
      '1234567890123456',
      '18446744073709551616',
      '99999999999999999999',
      '01234567890123456',
      '12345678901234567a',
    ];

    expect(good.map(isSnowflake)).toEqual([true, true, true]);
    expect(bad.map(isSnowflake)).toEqual([false, false, false, false, false]);
    expect(isSnowflake(123456789012345678n)).toBe(false);
  });

  it('takes no number that JSON would change', () => {
    expect([NaN, Infinity, -Infinity].map(isNumber)).toEqual([false, false, false]);
    expect([2 ** 53, 1.5, '1', -1].map(isInt)).toEqual([false, false, false, true]);
    expect([-1, 0, 2 ** 53 - 1].map(isUInt)).toEqual([false, true, true]);
  });

  it('takes class instances for objects, but not arrays, functions and null', () => {
    expect([{}, new Date(), Object.create(null)].map(isObject)).toEqual([true, true, true]);
    expect([[], () => 1, null, 'x'].map(isObject)).toEqual([false, false, false, false]);
  });

  it('takes a hole in an array for undefined', () => {
    expect(isArrayOf(Array(2), isString)).toBe(false);
    expect(isArrayOf([], isString)).toBe(true);
    expect(isArrayOf({ length: 0 }, isString)).toBe(false);
  });

  it('lets null or nothing stand where a place allows it', () => {
    const spec = orNull(orUndefined({ is: isString, pack: identity, shape: string }));

    expect(['x', null, undefined, 1].map(spec.is)).toEqual([true, true, true, false]);
    expect([null, undefined].map(spec.pack)).toEqual([null, undefined]);
    expect(explain(spec.shape, 1)).toHaveLength(1);
  });
});

describe('merging projections', () => {
  it('joins what each of them names, in depth', () => {
    expect(mergePacked({ a: 1, list: [{ x: 1 }] }, undefined, { b: 2, list: [{ y: 2 }] })).toEqual({
      a: 1,
      b: 2,
      list: [{ x: 1, y: 2 }],
    });
  });

  it('keeps a value that was passed through as it is', () => {
    const date = new Date(0);

    expect(mergePacked({ at: {} }, { at: date })).toEqual({ at: date });
    expect(mergePacked(undefined, null)).toBe(null);
  });

  it('does not take __proto__ for the prototype', () => {
    const raw = JSON.parse('{ "__proto__": { "polluted": true } }') as unknown;

    const merged = mergePacked({ a: 1 }, raw) as Record<string, unknown>;

    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(merged['polluted']).toBeUndefined();
  });
});
