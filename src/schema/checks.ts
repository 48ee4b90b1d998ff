/**
 * Checks: the words that generated checks are written in.
 *
 * Everything here answers yes or no and allocates nothing; why a value does not fit is `explain`'s business, and
 * both must agree on every value. Checks never coerce.
 */
/** An object of which nothing is known yet. */
export interface Fields {
  readonly [key: string]: unknown;
}

/** How often a type may contain itself in one value. Deeper values, and cycles, do not fit. */
export const MAX_DEPTH = 64;

const MAX_SNOWFLAKE = '18446744073709551615';
const DIGIT_0 = 48;
const DIGIT_9 = 57;

/** Instances of classes count: what their properties hold decides. Arrays and functions do not. */
export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isString(value: unknown): boolean {
  return typeof value === 'string';
}

/** NaN and the infinities do not fit: JSON would make them `null`. */
export function isNumber(value: unknown): boolean {
  return Number.isFinite(value);
}

export function isInt(value: unknown): boolean {
  return Number.isSafeInteger(value);
}

export function isUInt(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

export function isNull(value: unknown): boolean {
  return value === null;
}

export function isUndefined(value: unknown): boolean {
  return value === undefined;
}

export function isUnknown(_value: unknown): boolean {
  return true;
}

/** 17 to 20 digits without a leading zero, and no more than 64 bits hold. */
export function isSnowflake(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const { length } = value;
  if (length < 17 || length > 20 || value.charCodeAt(0) === DIGIT_0) return false;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code < DIGIT_0 || code > DIGIT_9) return false;
  }
  return length < 20 || value <= MAX_SNOWFLAKE;
}

/** By characters, not by the two halves that some of them have in JavaScript: as JSON Schema counts. */
export function isStringOfLength(value: unknown, min: number, max: number): boolean {
  if (typeof value !== 'string' || value.length < min) return false;
  if (value.length <= max && value.length >= min * 2) return true;
  const count = countCharacters(value);
  return count >= min && count <= max;
}

function countCharacters(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    if ((text.codePointAt(i) ?? 0) > 0xffff) i++;
    count++;
  }
  return count;
}

/** `pattern` must keep no state: no `g`, no `y`. */
export function isMatch(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

export function isNumberIn(value: unknown, min: number, max: number): boolean {
  return isNumber(value) && (value as number) >= min && (value as number) <= max;
}

export function isIntIn(value: unknown, min: number, max: number): boolean {
  return isInt(value) && (value as number) >= min && (value as number) <= max;
}

export function isUIntIn(value: unknown, min: number, max: number): boolean {
  return isUInt(value) && (value as number) >= min && (value as number) <= max;
}

export function isBigInt(value: unknown): boolean {
  return typeof value === 'bigint';
}

/** An invalid `Date` does not fit: there is no number for it. */
export function isDate(value: unknown): boolean {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

/** A `Buffer` is a `Uint8Array`. */
export function isBytes(value: unknown): boolean {
  return value instanceof Uint8Array;
}

export function isBuffer(value: unknown): boolean {
  return value instanceof Buffer;
}

export function isSetOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  if (!(value instanceof Set)) return false;
  for (const item of value as ReadonlySet<unknown>) if (!isItem(item)) return false;
  return true;
}

export function isMapOf(
  value: unknown,
  isKey: (key: unknown) => boolean,
  isItem: (item: unknown) => boolean,
): boolean {
  if (!(value instanceof Map)) return false;
  for (const [key, item] of value as ReadonlyMap<unknown, unknown>) {
    if (!isKey(key) || !isItem(item)) return false;
  }
  return true;
}

/** An array with a number of items between the two. */
export function isTuple(value: unknown, min: number, max: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length >= min && value.length <= max;
}

/**
 * An object whose keys are data. A key `__proto__` of its own does not fit: whoever copied it naively would change
 * what the copy is. Nor do a `Map` and a `Set`, which keep what they hold elsewhere.
 */
export function isRecord(value: unknown): value is Fields {
  return (
    isObject(value) &&
    !Object.hasOwn(value, '__proto__') &&
    !(value instanceof Map) &&
    !(value instanceof Set)
  );
}

/** @param except - The keys that are named one by one. */
export function isRecordOf(
  value: Fields,
  isItem: (item: unknown, key: string) => boolean,
  except: readonly string[] = [],
): boolean {
  for (const key of Object.keys(value)) {
    if (!except.includes(key) && !isItem(value[key], key)) return false;
  }
  return true;
}

/** A hole counts as `undefined`. */
export function isArrayOf(
  value: unknown,
  isItem: (item: unknown) => boolean,
  min = 0,
  max = Infinity,
): boolean {
  if (!Array.isArray(value) || value.length < min || value.length > max) return false;
  for (let i = 0; i < value.length; i++) {
    if (!isItem(value[i])) return false;
  }
  return true;
}
