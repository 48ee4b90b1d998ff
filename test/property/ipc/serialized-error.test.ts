import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RemoteError } from '../../../src/errors.js';
import { deserializeError, serializeError } from '../../../src/ipc/values/serialized-error.js';
import { runs } from '../runs.js';

const source = { clusterId: 0, handler: 'work' };
const ROOMY = 16 * 1024 * 1024;

function throwing(): never {
  throw new Error('do not touch');
}

/** Makes a value to throw. Not the value itself: the generators would touch it. */
type Make<T = unknown> = () => T;

const proxy = fc
  .subarray(['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor'] as const)
  .map((traps): Make => {
    const handler = Object.fromEntries(traps.map((trap) => [trap, throwing]));
    return () => new Proxy(new Error('behind a proxy'), handler);
  });

const plain = fc
  .oneof(
    fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
    }),
    fc.constantFrom<unknown>(
      () => {},
      Symbol('s'),
      new DOMException('gone', 'AbortError'),
      Object.create(null),
    ),
  )
  .map(
    (value): Make =>
      () =>
        value,
  );

/** What an error of the property test is made of. */
interface ErrorFacts {
  readonly make: ErrorConstructor;
  readonly message: string;
  readonly name: string | undefined;
  readonly cause: Make | undefined;
  readonly errors: Make[] | undefined;
  readonly own: { readonly [key: string]: Make };
  readonly getter: string | undefined;
  readonly isRound: boolean;
}

function makeError({ make, message, name, cause, errors, own, getter, isRound }: ErrorFacts): Error {
  const options = { cause: cause?.() };
  const error =
    errors === undefined
      ? new make(message, options)
      : new AggregateError(
          errors.map((each) => each()),
          message,
          options,
        );
  if (getter !== undefined)
    Object.defineProperty(error, getter, { get: throwing, enumerable: true, configurable: true });
  for (const [key, value] of Object.entries(own)) Object.defineProperty(error, key, property(value()));
  if (name !== undefined) Object.defineProperty(error, 'name', property(name));
  if (isRound) Object.defineProperty(error, 'cause', property(new Error('round', { cause: error })));
  return error;
}

const { thrown } = fc.letrec<{ thrown: Make; error: Make<Error> }>((tie) => ({
  error: fc
    .record<ErrorFacts>({
      make: fc.constantFrom(Error, TypeError, RangeError, SyntaxError),
      message: fc.string({ unit: 'grapheme' }),
      name: fc.option(fc.string({ unit: 'grapheme', maxLength: 10 }), { nil: undefined }),
      cause: fc.option(tie('thrown'), { nil: undefined, depthSize: 'small' }),
      errors: fc.option(fc.array(tie('thrown'), { maxLength: 3 }), { nil: undefined }),
      own: fc.dictionary(fc.string({ maxLength: 8 }), plain, { maxKeys: 3 }),
      getter: fc.option(fc.constantFrom('stack', 'name', 'message', 'cause', 'errors', 'code', 'x'), {
        nil: undefined,
      }),
      isRound: fc.boolean(),
    })
    .map((facts) => () => makeError(facts)),
  thrown: fc.oneof({ depthSize: 'small' }, plain, proxy, tie('error')),
}));

function property(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

const simpleError = fc
  .record({
    make: fc.constantFrom(
      Error,
      TypeError,
      EvalError,
      AggregateError.bind(null, []) as unknown as ErrorConstructor,
    ),
    message: fc.string({ unit: 'grapheme', maxLength: 300 }),
    name: fc.option(fc.oneof(fc.string({ maxLength: 20 }), fc.constant(undefined), fc.integer()), {
      nil: null,
    }),
  })
  .map(({ make, message, name }) => {
    const error = new make(message);
    if (name !== null) Object.defineProperty(error, 'name', property(name));
    return error;
  });

describe('faults', () => {
  it('give the caller a RemoteError for whatever was thrown, and never throw themselves', () => {
    fc.assert(
      fc.property(thrown, fc.constantFrom(ROOMY, 1000, 1), (make, maxBytes) => {
        const error = deserializeError(serializeError(make(), maxBytes), source);

        expect(error).toBeInstanceOf(RemoteError);
        expect(error).toMatchObject({ clusterId: 0, handler: 'work' });
        expect(typeof String(error)).toBe('string');
        expect(typeof error.stack).toBe('string');
      }),
      { numRuns: runs(500) },
    );
  });

  it('read as the original error did', () => {
    fc.assert(
      fc.property(simpleError, (original) => {
        const error = deserializeError(serializeError(original, ROOMY), source);

        expect(String(error)).toBe(String(original));
      }),
    );
  });

  it('that arrive broken give an error all the same', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(deserializeError(text, source)).toBeInstanceOf(RemoteError);
      }),
    );
  });

  it('never end a link by their size', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('\u0000', '€', 'a', '"'), minLength: 1000, maxLength: 20_000 }),
        (text) => {
          const error = Object.assign(new Error(text), {
            own: text,
            errors: Array.from({ length: 40 }, () => new Error(text)),
          });

          // Beside its payload a frame has room for the longest name.
          expect(Buffer.byteLength(serializeError(error, 1))).toBeLessThan(65_535);
        },
      ),
      { numRuns: runs(20) },
    );
  });
});
