/**
 * Packing: the functions that generated encoders call.
 *
 * They turn values that a check has accepted into values that JSON can express, and do not check them again. A `bigint`
 * becomes a string of digits, a `Date` its milliseconds, a `Map` an array of pairs, a `Set` an array, bytes become base64.
 * `unpack.ts` reverses them.
 */
import type { Fields } from './checks.js';

type Pack = (item: unknown) => unknown;

/** Encodes the items of an array. */
export function packArray(value: unknown, packItem: Pack): unknown[] {
  const items = value as readonly unknown[];
  const packed = new Array<unknown>(items.length);
  for (let i = 0; i < items.length; i++) packed[i] = packItem(items[i]);
  return packed;
}

/** A function for each item of a tuple: those at the start (`head`), those at the end (`tail`), the `rest` between. */
export interface TupleFunctions {
  readonly head: readonly Pack[];
  readonly rest?: Pack;
  readonly tail?: readonly Pack[];
}

/** Encodes the items of a tuple, each with the function for its position. */
export function packTuple(value: unknown, functions: TupleFunctions): unknown[] {
  const items = value as readonly unknown[];
  return items.map((item, i) => functionAt(functions, i, items.length)(item));
}

/** Returns the function for an item; items that the tuple does not have are left unchanged. */
export function functionAt({ head, rest, tail = [] }: TupleFunctions, i: number, length: number): Pack {
  const fromEnd = length - i;
  const found = i < head.length ? head[i] : fromEnd <= tail.length ? tail[tail.length - fromEnd] : rest;
  return found ?? same;
}

function same(item: unknown): unknown {
  return item;
}

/** Encodes a `Set` as an array. */
export function packSet(value: unknown, packItem: Pack): unknown[] {
  return Array.from(value as ReadonlySet<unknown>, packItem);
}

/** Encodes a `Map` as an array of pairs. */
export function packMap(value: unknown, packKey: Pack, packItem: Pack): unknown[] {
  return Array.from(value as ReadonlyMap<unknown, unknown>, ([key, item]) => [packKey(key), packItem(item)]);
}

/** Encodes the values of a record. @param except - The keys that the contract names, which are encoded one by one. */
export function packRecord(
  value: unknown,
  packItem: (item: unknown, key: string) => unknown,
  except: readonly string[] = [],
): Fields {
  const fields = value as Fields;
  const packed: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) if (!except.includes(key)) packed[key] = packItem(fields[key], key);
  return packed;
}

/** Encodes a `bigint` as a string of digits. */
export function packBigInt(value: unknown): unknown {
  return String(value);
}

/** Encodes a `Date` as its milliseconds. */
export function packDate(value: unknown): unknown {
  return (value as Date).getTime();
}

/** Encodes bytes as base64. */
export function packBytes(value: unknown): unknown {
  const { buffer, byteOffset, byteLength } = value as Uint8Array;
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
