/**
 * Checks: the functions that generated checks call.
 *
 * They return a boolean and allocate nothing; `explain` tells why a value does not fit, and both must agree on every
 * value. Checks never coerce.
 */
/** An object whose members have not been checked. */
export interface Fields {
  readonly [key: string]: unknown;
}

/** How often a type may contain itself in one value. Deeper values, and cycles, do not fit. */
export const MAX_DEPTH = 64;

const MAX_SNOWFLAKE = '18446744073709551615';
const DIGIT_0 = 48;
const DIGIT_9 = 57;

/** Whether the value is an object, class instances included; arrays and functions do not fit. */
export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the value is a string. */
export function isString(value: unknown): boolean {
  return typeof value === 'string';
}

/** Whether the value is a finite number: JSON writes `NaN` and the infinities as `null`. */
export function isNumber(value: unknown): boolean {
  return Number.isFinite(value);
}

/** Whether the value is a safe integer. */
export function isInt(value: unknown): boolean {
  return Number.isSafeInteger(value);
}

/** Whether the value is a safe integer from 0. */
export function isUInt(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Whether the value is a boolean. */
export function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

/** Whether the value is `null`. */
export function isNull(value: unknown): boolean {
  return value === null;
}

/** Whether the value is `undefined`. */
export function isUndefined(value: unknown): boolean {
  return value === undefined;
}

/** Accepts every value. */
export function isUnknown(_value: unknown): boolean {
  return true;
}

/** Whether the value is a string of 17 to 20 digits without a leading zero, whose number fits into 64 bits. */
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

/** Whether the value is a string of `min` to `max` characters. Counts code points, as JSON Schema does, not UTF-16 units. */
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

/** Whether the value is a string that matches. The pattern must be stateless: no `g` or `y` flag. */
export function isMatch(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

/** Whether the value is a finite number from `min` to `max`. */
export function isNumberIn(value: unknown, min: number, max: number): boolean {
  return isNumber(value) && (value as number) >= min && (value as number) <= max;
}

/** Whether the value is a safe integer from `min` to `max`. */
export function isIntIn(value: unknown, min: number, max: number): boolean {
  return isInt(value) && (value as number) >= min && (value as number) <= max;
}

/** Whether the value is a safe integer from 0, and from `min` to `max`. */
export function isUIntIn(value: unknown, min: number, max: number): boolean {
  return isUInt(value) && (value as number) >= min && (value as number) <= max;
}

/** Whether the value is a `bigint`. */
export function isBigInt(value: unknown): boolean {
  return typeof value === 'bigint';
}

/** Whether the value is a valid `Date`: an invalid one has no milliseconds to send. */
export function isDate(value: unknown): boolean {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

/** Whether the value is a `Uint8Array`; a `Buffer` is one. */
export function isBytes(value: unknown): boolean {
  return value instanceof Uint8Array;
}

/** Whether the value is a `Buffer`. */
export function isBuffer(value: unknown): boolean {
  return value instanceof Buffer;
}

/** Whether the value is a `Set` whose items all fit. */
export function isSetOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  if (!(value instanceof Set)) return false;
  for (const item of value as ReadonlySet<unknown>) if (!isItem(item)) return false;
  return true;
}

/** Whether the value is a `Map` whose keys and values all fit. */
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

/** Whether the value is an array of `min` to `max` items. */
export function isTuple(value: unknown, min: number, max: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length >= min && value.length <= max;
}

/**
 * Whether the value is an object whose keys are data. An own key `__proto__` does not fit: a naive copy would set the
 * prototype. A `Map` and a `Set` do not fit either: their entries are not properties.
 */
export function isRecord(value: unknown): value is Fields {
  return (
    isObject(value) &&
    !Object.hasOwn(value, '__proto__') &&
    !(value instanceof Map) &&
    !(value instanceof Set)
  );
}

/** Whether all values of a record fit. @param except - The keys that the contract names, which are checked one by one. */
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

/** Whether the value is an array of `min` to `max` items that all fit; a hole counts as `undefined`. */
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
