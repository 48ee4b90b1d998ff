/**
 * Contract specs: what a generated page says about its contract at run time.
 *
 * A page carries one `ContractSpec`; the stubs are made from it by `bind`. This is the whole interface
 * between generated code and the library, so a change here is a change to every page ever generated:
 * new facts are added as optional members.
 */
import type { Shape } from './shape.js';

/** How the values in one place (a handler's data or result, an event's data) are checked and sent. */
export interface ValueSpec {
  /** Whether a value fits. Fast; says nothing about why not. */
  readonly is: (value: unknown) => boolean;
  /** Copies what the contract names, in JSON's terms. Only called with values that fit. */
  readonly pack: (value: unknown) => unknown;
  /**
   * The way back from JSON's terms, where they are not the contract's: a `Date` for its milliseconds. Runs on what
   * was parsed, before `is`; leaves what it does not know as it is, and may write into the value.
   */
  readonly unpack?: (value: unknown) => unknown;
  /** The same place as data, walked only to explain why a value does not fit. */
  readonly shape: Shape;
}

/** How the results of all clusters become one value. */
export type ReduceSpec =
  { readonly by: 'sum' | 'min' | 'max' } | { readonly by: 'maxBy' | 'minBy'; readonly key: string };

export interface HandlerSpec {
  readonly input: ValueSpec;
  readonly output: ValueSpec;
  /** Canonical hash of name and types: two processes whose hashes agree understand each other. */
  readonly fingerprint: string;
  readonly timeoutMs?: number;
  /** `request` goes to the cluster that owns the guild named by this member of the data. */
  readonly target?: { readonly guild: string };
  readonly reduce?: ReduceSpec;
}

export interface EventSpec {
  readonly data: ValueSpec;
  readonly fingerprint: string;
  readonly timeoutMs?: number;
}

export interface ContractSpec {
  /** The first part of the wire names: `<name>.<member>`. */
  readonly name: string;
  readonly handlers: { readonly [member: string]: HandlerSpec };
  readonly events: { readonly [member: string]: EventSpec };
}
