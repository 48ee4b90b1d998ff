/**
 * Safe checks: checks that never throw, whatever the value.
 *
 * Values may come from anywhere and be hostile: an object with the prototype of `Date` throws when its time is read, and a
 * revoked proxy throws on every access. A value that throws does not fit.
 */
import {
  isBuffer,
  isBytes,
  isDate,
  isInt,
  isMatch,
  isNumber,
  isObject,
  isRecord,
  isSnowflake,
  isStringOfLength,
  isUInt,
} from './checks.js';
import type { Bounds, Shape, TextRules } from './shape.js';

/** A shape without members and without alternatives. */
export type SimpleShape = Exclude<
  Shape,
  { readonly kind: 'array' | 'tuple' | 'set' | 'map' | 'object' | 'record' | 'union' | 'optional' | 'ref' }
>;

export function fitsSafely(shape: SimpleShape, value: unknown): boolean {
  try {
    return fitsSimply(shape, value);
  } catch {
    return false;
  }
}

function fitsSimply(shape: SimpleShape, value: unknown): boolean {
  switch (shape.kind) {
    case 'string':
      return typeof value === 'string';
    case 'number':
      return isNumber(value);
    case 'int':
      return isInt(value);
    case 'uint':
      return isUInt(value);
    case 'snowflake':
      return isSnowflake(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    case 'undefined':
      return value === undefined;
    case 'unknown':
      return true;
    case 'literal':
      return value === shape.value;
    case 'text':
      return fitsText(shape.rules, value);
    case 'range':
      return fitsSimply({ kind: shape.of }, value) && isWithin(value as number, shape.bounds);
    case 'bigint':
      return typeof value === 'bigint';
    case 'date':
      return isDate(value);
    case 'bytes':
      return isBytes(value);
    case 'buffer':
      return isBuffer(value);
  }
}

function fitsText({ min = 0, max = Infinity, pattern }: TextRules, value: unknown): boolean {
  return isStringOfLength(value, min, max) && (pattern === undefined || isMatch(value, pattern));
}

export function isWithin(value: number, { min = -Infinity, max = Infinity }: Bounds): boolean {
  return value >= min && value <= max;
}

/** `Array.isArray` throws for a revoked proxy. */
export function isArraySafely(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

export function isObjectSafely(value: unknown): value is object {
  try {
    return isObject(value);
  } catch {
    return false;
  }
}

export function isRecordSafely(value: unknown): value is object {
  try {
    return isRecord(value);
  } catch {
    return false;
  }
}

export function readSafely(owner: object, key: string): unknown {
  try {
    return (owner as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

export function keysSafely(value: object): readonly string[] {
  try {
    return Object.keys(value);
  } catch {
    return [];
  }
}

export function hasOwnSafely(value: object, key: string): boolean {
  try {
    return Object.hasOwn(value, key);
  } catch {
    return false;
  }
}
