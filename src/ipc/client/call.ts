/**
 * Calls: one question on its way, with all that its caller, its answer and its errors need to know of it.
 *
 * One object and not several that hold each other: thousands may be open at once, and what is open is what the
 * garbage collector has to copy.
 */
import type { Body } from '../../wire/frame-writer.js';
import type { CallFacts } from './call-errors.js';
import type { FaultCodec } from '../values/fault.js';
import type { ValueCodec } from '../values/value-codec.js';

/** What is called, and how its data and results are written. */
export interface CallSpec {
  readonly name: string;
  readonly input: ValueCodec;
  readonly output: ValueCodec;
  readonly timeoutMs: number;
  /** The errors that a contract declares for the handler. */
  readonly faults?: FaultCodec | undefined;
  /** Names the types by which the caller calls. */
  readonly fingerprint?: string | undefined;
}

export interface Call extends CallFacts {
  readonly spec: CallSpec;
  readonly signal: AbortSignal | undefined;
  /** For a cluster that is starting; otherwise the call fails at once. */
  readonly wait: boolean;
  /** The data, encoded. `undefined` once it has left, unless it may have to leave again. */
  body: Body;
  /** The number under which the body is laid out by position; 0: it spells its members out. */
  layout: number;
  /** This very process may be told to answer, or to ask again: the body is kept until the end. */
  readonly isKept: boolean;
}
