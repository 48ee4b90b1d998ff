/**
 * Checks: the words that generated checks and encoders are written in.
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

export function isAbsent(value: unknown): boolean {
  return value === undefined;
}

export function isAnything(_value: unknown): boolean {
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

/** A hole counts as `undefined`. */
export function isArrayOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) {
    if (!isItem(value[i])) return false;
  }
  return true;
}

export function packArray(value: unknown, packItem: (item: unknown) => unknown): unknown[] {
  const items = value as readonly unknown[];
  const packed = new Array<unknown>(items.length);
  for (let i = 0; i < items.length; i++) packed[i] = packItem(items[i]);
  return packed;
}
