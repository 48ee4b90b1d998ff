/**
 * Calls: one request on its way, with all that its caller, its answer and its errors need to know about it.
 *
 * One object and not several that hold each other: thousands may be open at once, and the garbage collector copies
 * all of them.
 */
import type { Body } from '../../wire/body.js';
import type { CallInfo } from './call-errors.js';
import type { ErrorCodec } from '../values/serialized-error.js';
import type { ValueCodec } from '../values/value-codec.js';

/** The handler to call, and how its data and results are encoded. */
export interface CallSpec {
  readonly name: string;
  readonly input: ValueCodec;
  readonly output: ValueCodec;
  /** The timeout of calls that set none. */
  readonly timeoutMs: number;
  /** Decodes the errors that a contract declares for the handler. */
  readonly errors?: ErrorCodec | undefined;
  /** Identifies the types of the caller's contract. */
  readonly fingerprint?: string | undefined;
}

export interface Call extends CallInfo {
  readonly spec: CallSpec;
  readonly signal: AbortSignal | undefined;
  /** Whether the call waits for a cluster that is starting; otherwise it fails at once. */
  readonly shouldWait: boolean;
  /** The encoded data. `undefined` once it is sent, unless it may have to be sent again. */
  body: Body;
  /** The id of the name and contract by which the body is a row; 0: the body is keyed JSON. */
  rowId: number;
  /** Whether the body is kept until the end: this process may have to serve the call, or to send it again as keyed JSON. */
  readonly isBodyKept: boolean;
}
