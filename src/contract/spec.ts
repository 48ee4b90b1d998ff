/**
 * Contract specs: what a generated page says about its contract at run time.
 *
 * A page carries one `ContractSpec`; the stubs are made from it by `bind`. This is the whole interface
 * between generated code and the library, so a change here is a change to every page ever generated:
 * new facts are added as optional members.
 */
import type { ValueSpec } from '../schema/value-spec.js';

/** How the results of all clusters become one value. */
export type ReduceSpec =
  | { readonly by: 'sum' | 'min' | 'max' | 'avg' | 'every' | 'some' | 'concat' | 'firstNonNull' }
  | { readonly by: 'maxBy' | 'minBy'; readonly key: string };

/** Where `request` goes; a member of the data decides where one is named. Without a target: any cluster. */
export type TargetSpec =
  | 'primary'
  | 'self'
  | 'manager'
  | { readonly guild: string }
  | { readonly shard: string }
  | { readonly hash: string };

export interface RetrySpec {
  /** At most so many, the first included. */
  readonly attempts: number;
  /** Before the second attempt; each further pause is twice as long. */
  readonly backoffMs: number;
}

/** An error that a handler may throw: the class that callers get it as. */
export interface ThrownSpec {
  /** `<contract>.<error>`. */
  readonly errorName: string;
  readonly errorData: ValueSpec;
  new (data: never, options?: ErrorOptions): Error;
}

export interface HandlerSpec {
  readonly input: ValueSpec;
  readonly output: ValueSpec;
  /** Canonical hash of name and types: two processes whose hashes agree understand each other. */
  readonly fingerprint: string;
  readonly timeoutMs?: number;
  readonly target?: TargetSpec;
  readonly retry?: RetrySpec;
  readonly reduce?: ReduceSpec;
  /** `reduce()` takes what there is when some clusters failed. */
  readonly partial?: boolean;
  readonly throws?: readonly ThrownSpec[];
}

export interface EventSpec {
  readonly data: ValueSpec;
  readonly fingerprint: string;
  readonly timeoutMs?: number;
  /** Receivers acknowledge when the promises of their listeners have settled. */
  readonly ackSettled?: boolean;
}

/** The contract file as it was when its page was written. */
export interface SourceSpec {
  /** Relative to the project, with forward slashes. */
  readonly file: string;
  /** The beginning of the SHA-256 of its text, line ends being `\n`. */
  readonly hash: string;
}

export interface ContractSpec {
  /** The first part of the wire names: `<name>.<member>`. */
  readonly name: string;
  readonly source?: SourceSpec;
  readonly handlers: { readonly [member: string]: HandlerSpec };
  readonly events: { readonly [member: string]: EventSpec };
}
