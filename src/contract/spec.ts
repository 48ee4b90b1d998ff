/**
 * Contract specs: what a generated page states about its contract at run time.
 *
 * A page carries one `ContractSpec`; the stubs are made from it by `bind`. This is the whole interface
 * between generated code and the library, so a change here is a change to every page ever generated:
 * new facts are added as optional members.
 */
import type { ValueSpec } from '../schema/value-spec.js';

/** How the results of all clusters are combined into one value. */
export type ReduceSpec =
  | {
      /** The reduction. */
      readonly by: 'sum' | 'min' | 'max' | 'avg' | 'every' | 'some' | 'concat' | 'firstNonNull';
    }
  | {
      readonly by: 'maxBy' | 'minBy';
      /** The member that results are compared by. */
      readonly key: string;
    };

/** Where `request` goes: a fixed target, or the member of the data that selects the cluster. Without a target: any cluster. */
export type TargetSpec =
  | 'primary'
  | 'self'
  | 'manager'
  | { readonly guild: string }
  | { readonly shard: string }
  | { readonly hash: string };

/** How calls are retried. */
export interface RetrySpec {
  /** The largest number of attempts, the first one included. */
  readonly attempts: number;
  /** The pause before the second attempt, in milliseconds; each further pause is twice as long. */
  readonly backoffMs: number;
}

/** An error that a handler may throw: the class that callers get it as. */
export interface ThrownSpec {
  /** The name on the wire: `<contract>.<error>`. */
  readonly errorName: string;
  /** The data of the error. */
  readonly errorData: ValueSpec;
  new (data: never, options?: ErrorOptions): Error;
}

/** What a page states about one handler. */
export interface HandlerSpec {
  /** The data. */
  readonly input: ValueSpec;
  /** The result. */
  readonly output: ValueSpec;
  /** Canonical hash of name and types: two processes whose hashes agree understand each other. */
  readonly fingerprint: string;
  /** How long a caller waits, in milliseconds. Defaults to 30 000. */
  readonly timeoutMs?: number;
  /** Where `request` goes. */
  readonly target?: TargetSpec;
  /** How failed calls are retried; not at all if left out. */
  readonly retry?: RetrySpec;
  /** How `reduce()` combines the results. */
  readonly reduce?: ReduceSpec;
  /** Whether `reduce()` uses the available results if some clusters failed. */
  readonly partial?: boolean;
  /** The errors that callers get as instances of their classes. */
  readonly throws?: readonly ThrownSpec[];
}

/** What a page states about one event. */
export interface EventSpec {
  /** The data. */
  readonly data: ValueSpec;
  /** Canonical hash of name and type, as that of a handler. */
  readonly fingerprint: string;
  /** How long `broadcastAndWait` waits, in milliseconds. Defaults to 10 000. */
  readonly timeoutMs?: number;
  /** Whether receivers acknowledge only when the promises of their listeners have settled. */
  readonly ackSettled?: boolean;
}

/** The contract file as it was when its page was written. */
export interface SourceSpec {
  /** Relative to the project, with forward slashes. */
  readonly file: string;
  /** The beginning of the SHA-256 of its text, line ends being `\n`. */
  readonly hash: string;
}

/** What a page states about its contract. */
export interface ContractSpec {
  /** The first part of the wire names: `<name>.<member>`. */
  readonly name: string;
  /** The contract file, by which a stale page is recognised. */
  readonly source?: SourceSpec;
  /** The handlers by name. */
  readonly handlers: { readonly [member: string]: HandlerSpec };
  /** The events by name. */
  readonly events: { readonly [member: string]: EventSpec };
}
