/**
 * Contract errors: what a handler may throw, by the word of its contract.
 *
 * Generated pages derive a class for each error that a contract declares. Thrown by a handler that lists it in
 * `throws`, it arrives at the caller as an instance of the same class, its data checked on both sides; anything
 * else arrives as a `RemoteError`.
 */
import type { RemoteError } from '../errors.js';
import type { FaultCodec, TypedFault } from '../ipc/values/fault.js';
import { checkedCodec } from './checked-codec.js';
import type { ThrownSpec } from './spec.js';

/** The base of the generated error classes. `data` is what the contract says it is. */
export abstract class ContractError<D> extends Error {
  readonly data: D;
  /** `<contract>.<error>`: stable, as a `code` should be. */
  readonly code: string;

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

/** Reads and writes the errors that one handler's contract lists. */
export function errorCodec(classes: readonly ThrownSpec[]): FaultCodec {
  return {
    encode: (thrown) => encode(classes, thrown),
    decode: (fault, remote) => decode(classes, fault, remote),
  };
}

function encode(classes: readonly ThrownSpec[], thrown: unknown): TypedFault | undefined {
  const listed = classes.find((each) => thrown instanceof each);
  if (listed === undefined) return undefined;
  const { data } = thrown as ContractError<unknown>;
  const text = checkedCodec(listed.errorData, 'data').encode(data, listed.errorName);
  return { name: listed.errorName, text: typeof text === 'string' ? text : undefined };
}

/** The remote error stays as the `cause`: it knows the cluster and the stack over there. */
function decode(
  classes: readonly ThrownSpec[],
  { name, text }: TypedFault,
  remote: RemoteError,
): Error | undefined {
  const listed = classes.find(({ errorName }) => errorName === name);
  if (listed === undefined) return undefined;
  const data = checkedCodec(listed.errorData, 'data').decode(text);
  return new listed(data as never, { cause: remote });
}
