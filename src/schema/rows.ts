/**
 * Rows: functions for payloads that are sent by position instead of by key.
 *
 * A page has for each of its types a function that appends a value to a row and one that reads it from an index on; this
 * module nests rows in each other. Rows are read before any check and may hold any JSON: a row of another length is
 * rejected with a `TypeError`, while `null` and `undefined` are left to the check. Only processes whose fingerprints agree
 * may exchange rows.
 */
import { isObject } from './checks.js';
import type { ValueSpec } from './value-spec.js';

/** A parsed row: an array whose positions the page knows. */
export type Row = readonly unknown[];

/** Appends one value to a row (`pushRowX` of a page). */
export type PushRow = (row: unknown[], value: unknown) => void;

/** Reads one value from a row, from an index on (`fromRowX` of a page). */
export type FromRow = (row: Row, at: number) => unknown;

/**
 * Returns the row functions of a payload that is one row.
 *
 * @param arity - The number of values in the row.
 */
export function rowCodec(
  toRow: (value: unknown) => unknown,
  arity: number,
  fromRow: FromRow,
): Required<Pick<ValueSpec, 'toRow' | 'fromRow'>> {
  return { toRow, fromRow: (row) => readRow(row, arity, fromRow) };
}

/** Returns one value as a row. */
export function writeRow(value: unknown, pushRow: PushRow): unknown[] {
  const row: unknown[] = [];
  pushRow(row, value);
  return row;
}

/** Returns all values of an array in one row. */
export function writeRows(values: unknown, pushRow: PushRow): unknown[] {
  const items = values as readonly unknown[];
  // Grown by pushing: `JSON.stringify` is slower on an array that once had holes.
  const row: unknown[] = [];
  for (let i = 0; i < items.length; i++) pushRow(row, items[i]);
  return row;
}

/** Reads a row that `writeRow` wrote. @throws TypeError if it is not an array of `arity` values. */
export function readRow(row: unknown, arity: number, fromRow: FromRow): unknown {
  if (row === null || row === undefined) return row;
  if (!Array.isArray(row) || row.length !== arity) throw new TypeError(`expected ${arity} values`);
  return fromRow(row, 0);
}

/** Reads a row that `writeRows` wrote. @throws TypeError if its length is not a multiple of `arity`. */
export function readRows(row: unknown, arity: number, fromRow: FromRow): unknown {
  if (row === null || row === undefined) return row;
  if (!Array.isArray(row) || row.length % arity !== 0) {
    throw new TypeError(`expected a multiple of ${arity} values`);
  }
  const values = new Array<unknown>(row.length / arity);
  for (let i = 0; i < values.length; i++) values[i] = fromRow(row, i * arity);
  return values;
}

/** Returns the optional value in a box (`{ v: value }` or `{}`). @throws TypeError if it is not an object. */
export function unbox(box: unknown): unknown {
  if (!isObject(box)) throw new TypeError('expected a box for an optional value');
  return box['v'];
}
