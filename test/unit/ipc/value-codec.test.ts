import { describe, expect, it } from 'vitest';
import { PayloadError } from '../../../src/ipc/values/payload-error.js';
import { jsonCodecs, readValue, toJson, v8Codecs } from '../../../src/ipc/values/value-codec.js';

describe('toJson', () => {
  it.each([
    [null],
    [0],
    ['text'],
    [[1, [2, null]]],
    [{ a: { b: [] } }],
    [{ gone: undefined, list: [undefined, () => {}] }],
    [new Date(0)],
    [{ toJSON: () => ({ replaced: true }) }],
    [new Map([[1, 2]])],
    [Number.NaN],
    [-0],
    [JSON.parse('{"__proto__":{"polluted":1}}')],
  ])('writes exactly what JSON.stringify writes: %j', (value) => {
    expect(toJson(value, 'data')).toBe(JSON.stringify(value));
  });

  it('keeps undefined at the top: it travels as no body at all', () => {
    expect([toJson(undefined, 'data'), readValue(undefined, 'data')]).toEqual([undefined, undefined]);
  });

  it.each([
    ['a bigint at the top', 1n, 'data is a bigint'],
    ['a bigint inside', { users: [{ id: 1n }] }, 'data.users[0].id is a bigint'],
    ['a function at the top', () => {}, 'data is a function'],
    ['a symbol at the top', Symbol('s'), 'data is a symbol'],
    ['a toJSON that gives nothing', { toJSON: () => undefined }, 'data cannot be represented in JSON'],
    ['a toJSON that gives a bigint', { toJSON: () => 1n }, 'data: Do not know how to serialize a BigInt'],
  ])('refuses %s and says where it is', (_what, value, message) => {
    expect(() => toJson(value, 'data')).toThrow(expect.objectContaining({ code: 'UNSERIALIZABLE', message }));
  });

  it('refuses a circle and says where it closes', () => {
    const circle: { deep: { back?: unknown } } = { deep: {} };
    circle.deep.back = circle;

    expect(() => toJson(circle, 'result')).toThrow(
      expect.objectContaining({ code: 'UNSERIALIZABLE', message: 'result.deep.back is circular' }),
    );
  });

  it('refuses what throws while it is read, with its error as the cause', () => {
    const cause = new Error('no');
    const value = {
      toJSON() {
        throw cause;
      },
    };

    expect(() => toJson(value, 'data')).toThrow(expect.objectContaining({ message: 'data: no', cause }));
  });

  it('refuses a proxy that throws at every touch, with a code', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();

    expect(() => jsonCodecs.data.encode(proxy, 'name')).toThrow(PayloadError);
  });

  it('refuses what is nested deeper than the stack, with a code', () => {
    let deep: unknown = null;
    for (let depth = 0; depth < 200_000; depth += 1) deep = [deep];

    expect(() => jsonCodecs.data.encode(deep, 'name')).toThrow(
      expect.objectContaining({ code: 'UNSERIALIZABLE' }),
    );
  });
});

describe('readValue', () => {
  it('refuses text that is no JSON, with a code', () => {
    expect(() => readValue('{', 'result')).toThrow(expect.objectContaining({ code: 'INVALID_PAYLOAD' }));
  });

  it('refuses bytes that are no clone, with a code', () => {
    expect(() => readValue(Buffer.from('nonsense'), 'data')).toThrow(
      expect.objectContaining({ code: 'INVALID_PAYLOAD' }),
    );
  });
});

describe('the v8 codec', () => {
  it('brings back what JSON would lose', () => {
    const value = { map: new Map([[1n, new Set(['a'])]]), at: new Date(5), gone: undefined };

    const arrived = v8Codecs.data.decode(v8Codecs.data.encode(value, 'name'));

    expect(arrived).toEqual(value);
  });

  it('sends undefined as no body, as JSON does', () => {
    expect(v8Codecs.data.encode(undefined, 'name')).toBeUndefined();
  });

  it('refuses a function, with a code', () => {
    expect(() => v8Codecs.result.encode(() => {}, 'name')).toThrow(
      expect.objectContaining({ code: 'UNSERIALIZABLE' }),
    );
  });
});
