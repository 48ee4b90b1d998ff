/**
 * Encoding: the words that generated encoders are written in.
 *
 * They make JSON's terms of what a check has accepted, so they do not look at it again. Where JSON has no word, the
 * wire has: a `bigint` is a string of digits, a `Date` its milliseconds, a `Map` an array of pairs, a `Set` an array,
 * bytes are base64. `decode.ts` is the way back.
 */
import type { Fields } from './checks.js';

type Pack = (item: unknown) => unknown;

export function packArray(value: unknown, packItem: Pack): unknown[] {
  const items = value as readonly unknown[];
  const packed = new Array<unknown>(items.length);
  for (let i = 0; i < items.length; i++) packed[i] = packItem(items[i]);
  return packed;
}

/** What a tuple holds, by place. One function for each of the first places and of the last; `rest` between. */
export interface TuplePlaces {
  readonly head: readonly Pack[];
  readonly rest?: Pack;
  readonly tail?: readonly Pack[];
}

export function packTuple(value: unknown, places: TuplePlaces): unknown[] {
  const items = value as readonly unknown[];
  return items.map((item, i) => placeOf(places, i, items.length)(item));
}

/** The function for a place; what stands past all places is left as it is. */
export function placeOf({ head, rest, tail = [] }: TuplePlaces, i: number, length: number): Pack {
  const fromEnd = length - i;
  const place = i < head.length ? head[i] : fromEnd <= tail.length ? tail[tail.length - fromEnd] : rest;
  return place ?? same;
}

function same(item: unknown): unknown {
  return item;
}

export function packSet(value: unknown, packItem: Pack): unknown[] {
  return Array.from(value as ReadonlySet<unknown>, packItem);
}

export function packMap(value: unknown, packKey: Pack, packItem: Pack): unknown[] {
  return Array.from(value as ReadonlyMap<unknown, unknown>, ([key, item]) => [packKey(key), packItem(item)]);
}

/** @param except - The keys that are named one by one, and encoded so. */
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

export function packBigInt(value: unknown): unknown {
  return String(value);
}

export function packDate(value: unknown): unknown {
  return (value as Date).getTime();
}

export function packBytes(value: unknown): unknown {
  const { buffer, byteOffset, byteLength } = value as Uint8Array;
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
