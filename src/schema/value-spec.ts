/**
 * Value specs: what a generated page states about one payload: a handler's data or result, or the data of an event or error.
 *
 * Part of the interface between generated code and the library: new facts are added as optional members.
 */
import type { Shape } from './shape.js';

/** How a payload (a handler's data or result, the data of an event or error) is checked and sent. */
export interface ValueSpec {
  /** Whether a value fits. Fast; does not tell why a value does not fit. */
  readonly is: (value: unknown) => boolean;
  /** Copies the members that the contract names into values that JSON can express. Only called with values that fit. */
  readonly pack: (value: unknown) => unknown;
  /**
   * Decodes parsed JSON where its types are not the contract's: milliseconds become a `Date`. Runs before `is`, leaves
   * values that it does not recognise unchanged, and may write into the value. Left out if nothing has to be decoded.
   */
  readonly unpack?: (value: unknown) => unknown;
  /**
   * Encodes the value by position instead of by key, for processes with the same fingerprint. Only called with values
   * that fit. Left out, together with `fromRow`, for payloads without keys.
   */
  readonly toRow?: (value: unknown) => unknown;
  /**
   * Decodes a parsed row, including what `unpack` does. Runs before `is`, and the value may contain parts of the row.
   *
   * @throws TypeError if a row has another number of values. Any other invalid row becomes a value that `is` rejects or
   * accepts.
   */
  readonly fromRow?: (row: unknown) => unknown;
  /** The type as data, walked only to explain why a value does not fit. */
  readonly shape: Shape;
}
