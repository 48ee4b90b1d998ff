/**
 * Contract errors: the errors that a contract declares for its handlers.
 *
 * Generated pages derive a class for each declared error. Thrown by a handler that lists it in `throws`, it arrives at
 * the caller as an instance of the same class, with its data checked on both sides. Anything else that a handler throws
 * arrives as a `RemoteError`.
 */
import type { RemoteError } from '../errors.js';
import type { ErrorCodec, DeclaredError } from '../ipc/values/serialized-error.js';
import { checkedCodec } from './checked-codec.js';
import type { ThrownSpec } from './spec.js';

/** The base class of the generated error classes. Its name is that of the generated class. */
export abstract class ContractError<D> extends Error {
  /** The data that the contract declares for this error. */
  readonly data: D;
  /** The name of the error on the wire: `<contract>.<error>`. Stable. */
  readonly code: string;

  /** @param data - Checked when the error is sent, not here. */
  constructor(data: D, options?: ErrorOptions) {
    const { errorName, name } = new.target as unknown as {
      readonly errorName: string;
      readonly name: string;
    };
    super(errorName, options);
    Object.defineProperty(this, 'name', {
      value: name,
      configurable: true,
      writable: true,
      enumerable: false,
    });
    this.data = data;
    this.code = errorName;
  }
}

/** @internal Encodes and decodes the errors that a handler declares in `throws`. */
export function errorCodec(classes: readonly ThrownSpec[]): ErrorCodec {
  return {
    encode: (thrown) => encode(classes, thrown),
    decode: (declared, remote) => decode(classes, declared, remote),
  };
}

function encode(classes: readonly ThrownSpec[], thrown: unknown): DeclaredError | undefined {
  const listed = classes.find((each) => thrown instanceof each);
  if (listed === undefined) return undefined;
  const { data } = thrown as ContractError<unknown>;
  const text = checkedCodec(listed.errorData, 'data').encode(data, listed.errorName);
  return { name: listed.errorName, text: typeof text === 'string' ? text : undefined };
}

/** Keeps the remote error as the `cause`: it has the id of the process that threw, and its stack. */
function decode(
  classes: readonly ThrownSpec[],
  { name, text }: DeclaredError,
  remote: RemoteError,
): Error | undefined {
  const listed = classes.find(({ errorName }) => errorName === name);
  if (listed === undefined) return undefined;
  const data = checkedCodec(listed.errorData, 'data').decode(text);
  return new listed(data as never, { cause: remote });
}
