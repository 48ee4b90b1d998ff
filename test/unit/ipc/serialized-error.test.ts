import { describe, expect, it } from 'vitest';
import { IPCError, RemoteError } from '../../../src/errors.js';
import {
  deserializeError,
  describeThrown,
  serializeError,
} from '../../../src/ipc/values/serialized-error.js';

const source = { clusterId: 3, handler: 'work' };
const ROOMY = 16 * 1024 * 1024;

/** What the caller gets of what a handler throws. */
function sent(thrown: unknown): RemoteError {
  const error = deserializeError(serializeError(thrown, ROOMY), source);
  if (error instanceof RemoteError) return error;
  throw new Error('not a RemoteError', { cause: error });
}

describe('a thrown error', () => {
  it('reads as the original did, and says where it comes from', () => {
    const error = sent(new TypeError('Something went wrong'));

    expect(String(error)).toBe('TypeError: Something went wrong');
    expect(error).toBeInstanceOf(RemoteError);
    expect(error).toMatchObject({
      name: 'TypeError',
      message: 'Something went wrong',
      clusterId: 3,
      handler: 'work',
    });
  });

  it('keeps the remote stack, marked', () => {
    const original = new Error('here');

    const { stack } = sent(original);

    expect(stack).toContain(original.stack);
    expect(stack).toMatch(/at <remote> 'work' in cluster 3$/);
  });

  it('names the manager where it comes from there', () => {
    const { stack } = deserializeError(serializeError(new Error('x'), ROOMY), {
      clusterId: -1,
      handler: 'work',
    });

    expect(stack).toContain('in the manager');
  });

  it('keeps own properties that JSON can carry, code first', () => {
    const original = Object.assign(new Error('x'), {
      code: 'ENOENT',
      details: { path: ['a', 1] },
      method() {},
      size: 5n,
      ['__proto__x']: 1,
    });

    const error = sent(original);

    expect(Object.keys(error).toSorted()).toEqual(['__proto__x', 'clusterId', 'code', 'details', 'handler']);
    expect(error).toMatchObject({ code: 'ENOENT', details: { path: ['a', 1] } });
  });

  it('keeps an `errors` property that is no list, as validators have it', () => {
    const error = sent(Object.assign(new Error('invalid'), { errors: { name: { kind: 'required' } } }));

    expect(error.errors).toEqual({ name: { kind: 'required' } });
  });

  it('can be printed whatever its properties are called', () => {
    const error = sent(Object.assign(new Error('x'), { toString: { a: 1 }, valueOf: 2, constructor: 3 }));

    expect(String(error)).toBe('Error: x');
  });

  it('never says of itself that it comes from elsewhere', () => {
    const error = sent(Object.assign(new Error('x'), { clusterId: 99, handler: 'other', thrown: 1 }));

    expect(error).toMatchObject({ clusterId: 3, handler: 'work' });
    expect('thrown' in error).toBe(false);
  });

  it('keeps the code of a DOMException, which sits on its prototype', () => {
    expect(sent(new DOMException('gone', 'AbortError'))).toMatchObject({ name: 'AbortError', code: 20 });
  });

  it('is no IPCError, even if it was one over there', () => {
    const error = sent(new IPCError('TIMEOUT', 'inner call'));

    expect(error).not.toBeInstanceOf(IPCError);
    expect(error).toMatchObject({ code: 'TIMEOUT', message: 'inner call' });
  });

  it('keeps the chain of causes, errors and other values alike', () => {
    const error = sent(new Error('a', { cause: new RangeError('b', { cause: { reason: 'c' } }) }));

    expect(error.cause).toMatchObject({ name: 'RangeError', message: 'b', cause: { reason: 'c' } });
    expect(error.cause).toBeInstanceOf(RemoteError);
  });

  it.each([null, undefined, 0, '', false])('keeps a cause that is %j', (cause) => {
    const error = sent(new Error('x', { cause }));

    expect('cause' in error).toBe(true);
    expect(error.cause).toBe(cause);
  });

  it('keeps the errors of an AggregateError', () => {
    const error = sent(new AggregateError([new TypeError('a'), 'b', null], 'both'));

    expect(error).toMatchObject({ name: 'AggregateError', message: 'both' });
    expect(error.errors?.map(String)).toEqual(['TypeError: a', 'b', 'null']);
  });

  it('ends a circle of causes with a word', () => {
    const circle = new Error('round');
    circle.cause = new Error('and', { cause: circle });

    expect(sent(circle).cause).toMatchObject({ message: 'and', cause: '[circular]' });
  });

  it('ends a chain that is too deep with a word', () => {
    let deep = new Error('last');
    for (let depth = 0; depth < 1000; depth += 1) deep = new Error(`${depth}`, { cause: deep });

    const text = serializeError(deep, ROOMY);

    expect(text).toContain('[truncated]');
    expect(text.length).toBeLessThan(100_000);
  });

  it('stays small however its errors are nested in each other', () => {
    let tree: Error = new Error('leaf');
    for (let depth = 0; depth < 8; depth += 1) tree = new AggregateError(Array(32).fill(tree), 'node');

    expect(serializeError(tree, ROOMY).length).toBeLessThan(500_000);
  });

  it.each([
    ['its message', () => new Error('m'.repeat(1_000_000))],
    ['its stack', () => Object.assign(new Error('x'), { stack: 's'.repeat(1_000_000) })],
    ['one property', () => Object.assign(new Error('x'), { body: 'b'.repeat(1_000_000) })],
    [
      'the names of many properties',
      () =>
        Object.assign(
          new Error('x'),
          Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key${i}`, 1])),
        ),
    ],
  ])('stays small where %s is large', (_what, make) => {
    expect(serializeError(make(), ROOMY).length).toBeLessThan(250_000);
  });

  it('always fits the payload limit, by its name and the beginning of its message', () => {
    const original = Object.assign(new RangeError(`beginning ${'\u0000'.repeat(100_000)}`), {
      own: 'o'.repeat(60_000),
    });

    const text = serializeError(original, 1000);
    const error = deserializeError(text, source);

    // A frame has room for a name of 64 KiB beside its payload; this stays below that.
    expect(text.length).toBeLessThan(30_000);
    expect(String(error)).toMatch(/^RangeError: beginning /);
  });

  it.each([
    ['getters that throw', () => withThrowingGetters(new Error('x'))],
    ['an errors list that throws', () => Object.assign(new Error('x'), { errors: revoked([]) })],
    ['a cause that throws', () => new Error('x', { cause: revoked({}) })],
    ['a toJSON that throws', () => Object.assign(new Error('x'), { own: { toJSON: () => throwing() } })],
  ])('survives %s', (_what, make) => {
    expect(sent(make())).toBeInstanceOf(RemoteError);
  });
});

describe('a thrown value that is no error', () => {
  it.each([
    ['no', 'Error: no', 'no'],
    [42, 'Error: 42', 42],
    [null, 'Error: null', null],
    [undefined, 'Error: undefined', undefined],
    [false, 'Error: false', false],
    [Number.NaN, 'Error: NaN', 'NaN'],
    [10n, 'Error: 10', '10'],
    [Symbol('s'), 'Error: Symbol(s)', 'Symbol(s)'],
    [{ reason: 'no' }, 'Error: {"reason":"no"}', { reason: 'no' }],
    [Object.assign(Object.create(null) as object, { a: 1 }), 'Error: {"a":1}', { a: 1 }],
  ])('survives as itself: %s', (thrown, text, kept) => {
    const error = sent(thrown);

    expect(String(error)).toBe(text);
    expect(error.thrown).toEqual(kept);
    expect('thrown' in error).toBe(true);
  });

  it('survives though it throws at every touch', () => {
    expect(String(sent(revoked({})))).toBe('Error: a value that cannot be displayed');
  });
});

describe('decodeFault', () => {
  it.each([
    undefined,
    '',
    'null',
    '5',
    '{',
    '{}',
    '{"at":"value"}',
    '{"at":"error","errors":5}',
    '{"at":"error","own":null}',
  ])('makes an error of %j, whatever it is', (text) => {
    expect(deserializeError(text, source)).toBeInstanceOf(RemoteError);
  });
});

describe('describeThrown', () => {
  it('gives the stack of an error, the text of a value, and never throws', () => {
    const error = new Error('x');

    expect(describeThrown(error)).toBe(error.stack);
    expect(describeThrown('no')).toBe('no');
    expect(describeThrown(Object.create(null))).toBe('{}');
    expect(describeThrown(revoked({}))).toBe('a value that cannot be displayed');
  });
});

function throwing(): never {
  throw new Error('do not touch');
}

function revoked<T extends object>(target: T): T {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function withThrowingGetters(error: Error): Error {
  for (const key of ['stack', 'name', 'message', 'cause', 'errors', 'code', 'own']) {
    Object.defineProperty(error, key, { get: throwing, enumerable: true });
  }
  return error;
}
