/**
 * Value specs: what a generated page states about one value: a handler's data or result, or an event's data.
 *
 * Part of the interface between generated code and the library: new facts are added as optional members.
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
  /**
   * The value by position instead of by name, for sides with the same fingerprint. Only called with values that fit.
   * Left out, together with `fromRow`, where rows gain nothing.
   */
  readonly toRow?: (value: unknown) => unknown;
  /**
   * The way back from what was parsed, in the contract's terms: what `unpack` does is done. Runs before `is`, and may
   * keep parts of what was parsed.
   *
   * @throws TypeError when a row has another number of values. Anything else that is no such row becomes something
   * that `is` decides about.
   */
  readonly fromRow?: (row: unknown) => unknown;
  /** The same place as data, walked only to explain why a value does not fit. */
  readonly shape: Shape;
}
