/**
 * Rows: the words for values that travel by position instead of by name.
 *
 * A page knows for each of its types how many values it takes and in which order (`put` writes them behind what is
 * there, `take` reads them from a place on); this knows how rows lie in one another. Rows are read before any check and
 * may be anything that JSON can say: what has another length is refused with a `TypeError`, what is `null` or not there
 * is left to the check. Only sides whose fingerprints agree may send them.
 */
import { isObject } from './checks.js';
import type { ValueSpec } from './value-spec.js';

export type Row = readonly unknown[];

export type Put = (row: unknown[], value: unknown) => void;

export type Take = (row: Row, at: number) => unknown;

/** What a page says of a place whose values are rows. */
export function byPosition(
  toRow: (value: unknown) => unknown,
  arity: number,
  take: Take,
): Required<Pick<ValueSpec, 'toRow' | 'fromRow'>> {
  return { toRow, fromRow: (row) => takeOne(row, arity, take) };
}

/** One value as a row of its own. */
export function rowOf(value: unknown, put: Put): unknown[] {
  const row: unknown[] = [];
  put(row, value);
  return row;
}

/** All values of an array in one row. */
export function rowOfAll(values: unknown, put: Put): unknown[] {
  const items = values as readonly unknown[];
  // Grown by pushing: `JSON.stringify` is slower on an array that once had holes.
  const row: unknown[] = [];
  for (let i = 0; i < items.length; i++) put(row, items[i]);
  return row;
}

/** The way back from `rowOf`. @throws TypeError when it is no row of this many values. */
export function takeOne(row: unknown, arity: number, take: Take): unknown {
  if (row === null || row === undefined) return row;
  if (!Array.isArray(row) || row.length !== arity) throw new TypeError(`expected a row of ${arity} values`);
  return take(row, 0);
}

/** The way back from `rowOfAll`. @throws TypeError when it is not made of rows of this many values. */
export function takeAll(row: unknown, arity: number, take: Take): unknown {
  if (row === null || row === undefined) return row;
  if (!Array.isArray(row) || row.length % arity !== 0) {
    throw new TypeError(`expected rows of ${arity} values`);
  }
  const values = new Array<unknown>(row.length / arity);
  for (let i = 0; i < values.length; i++) values[i] = take(row, i * arity);
  return values;
}

/** What is in a box, `undefined` if nothing is. @throws TypeError when it is no box. */
export function inBox(box: unknown): unknown {
  if (!isObject(box)) throw new TypeError('expected a box for what may be absent');
  return box['v'];
}
