import { describe, expect, it } from 'vitest';
import { findUnserializable } from '../../../src/ipc/values/find-unserializable.js';

const thrower = {
  get inside(): unknown {
    throw new Error('do not look');
  },
};

describe('findUnserializable', () => {
  it.each([
    [1n, 'data is a bigint'],
    [() => {}, 'data is a function'],
    [Symbol('s'), 'data is a symbol'],
    [{ a: [0, { b: 2n }] }, 'data.a[1].b is a bigint'],
    [[[[3n]]], 'data[0][0][0] is a bigint'],
    [{ first: 1n, second: 2n }, 'data.first is a bigint'],
    [thrower, 'data.inside throws when it is read'],
  ])('finds the first place', (value, sentence) => {
    expect(findUnserializable(value, 'data')).toBe(sentence);
  });

  it.each([[null], ['text'], [{ a: () => {}, b: Symbol('s'), c: undefined }]])(
    'finds nothing in %s',
    (value) => {
      expect(findUnserializable(value, 'data')).toBeUndefined();
    },
  );

  it('does not take the same object twice for a circle', () => {
    const shared = { fine: true };

    expect(findUnserializable({ one: shared, other: shared }, 'data')).toBeUndefined();
  });

  it('gives up on what is too deep instead of overflowing', () => {
    let deep: unknown = 1n;
    for (let depth = 0; depth < 100_000; depth += 1) deep = { deep };

    expect(findUnserializable(deep, 'data')).toBeUndefined();
  });

  it('gives up on a proxy that throws at every touch', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();

    expect(findUnserializable({ proxy }, 'data')).toBeUndefined();
  });
});
