/**
 * Decoding: the words that generated decoders are written in.
 *
 * They run on what `JSON.parse` has just made, before any check, so they expect nothing and never throw: what is not
 * the form that an encoder gives a value is left as it is, for the check to refuse and `explain` to describe. They
 * write into the value, which nobody else has seen.
 */
import { isObject } from './checks.js';
import { placeOf } from './pack.js';
import type { TuplePlaces } from './pack.js';

type Unpack = (item: unknown) => unknown;

export interface Unpackers {
  readonly [key: string]: Unpack;
}

const DIGITS = /^-?(?:0|[1-9]\d*)$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** As `JSON.stringify` writes a `Date`: what a caller without a contract sends. */
const ISO_TIME = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export function unpackBigInt(value: unknown): unknown {
  return typeof value === 'string' && DIGITS.test(value) ? BigInt(value) : value;
}

/** Takes the text that `JSON.stringify` makes of a `Date`, too. */
export function unpackDate(value: unknown): unknown {
  return typeof value === 'string' && ISO_TIME.test(value) ? dateOf(value, value) : unpackTime(value);
}

/** A `Date` where a string may stand as well. */
export function unpackTime(value: unknown): unknown {
  return typeof value === 'number' ? dateOf(value, value) : value;
}

function dateOf(time: number | string, otherwise: unknown): unknown {
  const date = new Date(time);
  const isSame = typeof time === 'number' ? date.getTime() === time : !Number.isNaN(date.getTime());
  return isSame ? date : otherwise;
}

export function unpackBytes(value: unknown): unknown {
  return isBase64(value) ? new Uint8Array(Buffer.from(value, 'base64')) : value;
}

export function unpackBuffer(value: unknown): unknown {
  return isBase64(value) ? Buffer.from(value, 'base64') : value;
}

function isBase64(value: unknown): value is string {
  return typeof value === 'string' && value.length % 4 === 0 && BASE64.test(value);
}

export function unpackArray(value: unknown, unpackItem: Unpack): unknown {
  if (!Array.isArray(value)) return value;
  const items = value as unknown[];
  for (let i = 0; i < items.length; i++) items[i] = unpackItem(items[i]);
  return items;
}

export function unpackTuple(value: unknown, places: TuplePlaces): unknown {
  if (!Array.isArray(value)) return value;
  const items = value as unknown[];
  for (let i = 0; i < items.length; i++) items[i] = placeOf(places, i, items.length)(items[i]);
  return items;
}

export function unpackSet(value: unknown, unpackItem: Unpack): unknown {
  return Array.isArray(value) ? new Set((value as unknown[]).map(unpackItem)) : value;
}

export function unpackMap(value: unknown, unpackKey: Unpack, unpackItem: Unpack): unknown {
  if (!Array.isArray(value) || !(value as unknown[]).every(isPair)) return value;
  return new Map(value.map(([key, item]) => [unpackKey(key), unpackItem(item)]));
}

function isPair(value: unknown): value is readonly [unknown, unknown] {
  return Array.isArray(value) && value.length === 2;
}

export function unpackMembers(value: unknown, members: Unpackers): unknown {
  if (!isObject(value)) return value;
  const fields: Record<string, unknown> = value;
  for (const key of Object.keys(members)) {
    if (Object.hasOwn(fields, key)) fields[key] = members[key]?.(fields[key]);
  }
  return fields;
}

/** @param except - The keys that are named one by one. */
export function unpackRecord(
  value: unknown,
  unpackItem: (item: unknown, key: string) => unknown,
  except: readonly string[] = [],
): unknown {
  if (!isObject(value)) return value;
  const fields: Record<string, unknown> = value;
  for (const key of Object.keys(fields)) {
    // Writing to `__proto__` is something else; a check refuses it.
    if (key !== '__proto__' && !except.includes(key)) fields[key] = unpackItem(fields[key], key);
  }
  return fields;
}
