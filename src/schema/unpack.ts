/**
 * Unpacking: the functions that generated decoders call.
 *
 * They run on the result of `JSON.parse`, before any check, so they assume nothing and never throw: a value that no
 * encoder could have written is left unchanged, for the check to reject and `explain` to describe. They write into the
 * value, which has no other owner.
 */
import { isObject } from './checks.js';
import { functionAt } from './pack.js';
import type { TupleFunctions } from './pack.js';

type Unpack = (item: unknown) => unknown;

/** A decoder for each key. */
export interface Unpackers {
  readonly [key: string]: Unpack;
}

const DIGITS = /^-?(?:0|[1-9]\d*)$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** The form in which `JSON.stringify` writes a `Date`, and so what a caller without a contract sends. */
const ISO_TIME = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Decodes a `bigint` from its digits. */
export function unpackBigInt(value: unknown): unknown {
  return typeof value === 'string' && DIGITS.test(value) ? BigInt(value) : value;
}

/** Decodes a `Date` from its milliseconds, or from the ISO string that `JSON.stringify` writes. */
export function unpackDate(value: unknown): unknown {
  return typeof value === 'string' && ISO_TIME.test(value) ? dateOf(value, value) : unpackNumericDate(value);
}

/** Decodes a `Date` from its milliseconds only, for unions of `Date` and strings. */
export function unpackNumericDate(value: unknown): unknown {
  return typeof value === 'number' ? dateOf(value, value) : value;
}

function dateOf(time: number | string, otherwise: unknown): unknown {
  const date = new Date(time);
  const isSame = typeof time === 'number' ? date.getTime() === time : !Number.isNaN(date.getTime());
  return isSame ? date : otherwise;
}

/** Decodes a `Uint8Array` from base64. */
export function unpackBytes(value: unknown): unknown {
  return isBase64(value) ? new Uint8Array(Buffer.from(value, 'base64')) : value;
}

/** Decodes a `Buffer` from base64. */
export function unpackBuffer(value: unknown): unknown {
  return isBase64(value) ? Buffer.from(value, 'base64') : value;
}

function isBase64(value: unknown): value is string {
  return typeof value === 'string' && value.length % 4 === 0 && BASE64.test(value);
}

/** Decodes the items of an array in place. */
export function unpackArray(value: unknown, unpackItem: Unpack): unknown {
  if (!Array.isArray(value)) return value;
  const items = value as unknown[];
  for (let i = 0; i < items.length; i++) items[i] = unpackItem(items[i]);
  return items;
}

/** Decodes the items of a tuple in place, each with the function for its position. */
export function unpackTuple(value: unknown, functions: TupleFunctions): unknown {
  if (!Array.isArray(value)) return value;
  const items = value as unknown[];
  for (let i = 0; i < items.length; i++) items[i] = functionAt(functions, i, items.length)(items[i]);
  return items;
}

/** Decodes a `Set` from an array. */
export function unpackSet(value: unknown, unpackItem: Unpack): unknown {
  return Array.isArray(value) ? new Set((value as unknown[]).map(unpackItem)) : value;
}

/** Decodes a `Map` from an array of pairs. */
export function unpackMap(value: unknown, unpackKey: Unpack, unpackItem: Unpack): unknown {
  if (!Array.isArray(value) || !(value as unknown[]).every(isPair)) return value;
  return new Map(value.map(([key, item]) => [unpackKey(key), unpackItem(item)]));
}

function isPair(value: unknown): value is readonly [unknown, unknown] {
  return Array.isArray(value) && value.length === 2;
}

/** Decodes members of an object in place. */
export function unpackMembers(value: unknown, members: Unpackers): unknown {
  if (!isObject(value)) return value;
  const fields: Record<string, unknown> = value;
  for (const key of Object.keys(members)) {
    if (Object.hasOwn(fields, key)) fields[key] = members[key]?.(fields[key]);
  }
  return fields;
}

/** Decodes the values of a record. @param except - The keys that the contract names, which are decoded one by one. */
export function unpackRecord(
  value: unknown,
  unpackItem: (item: unknown, key: string) => unknown,
  except: readonly string[] = [],
): unknown {
  if (!isObject(value)) return value;
  const fields: Record<string, unknown> = value;
  for (const key of Object.keys(fields)) {
    // Writing to `__proto__` would set the prototype; the check rejects the key.
    if (key !== '__proto__' && !except.includes(key)) fields[key] = unpackItem(fields[key], key);
  }
  return fields;
}
