/**
 * Checks: what the parsers of control messages ask of JSON that another process sent.
 */

export interface JsonObject {
  readonly [key: string]: unknown;
}

/** @throws SyntaxError or TypeError when the text is not a JSON object. */
export function parseObject(text: string | undefined): JsonObject {
  const value = JSON.parse(text ?? '') as unknown;
  if (typeof value !== 'object' || value === null) throw new TypeError('the body is not a JSON object');
  return value as JsonObject;
}

export function isListOf<T>(
  value: unknown,
  isElement: (element: unknown) => element is T,
): value is readonly T[] {
  return Array.isArray(value) && value.every(isElement);
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function isStringRecord(value: unknown): value is { readonly [key: string]: string } {
  return typeof value === 'object' && value !== null && isListOf(Object.values(value), isString);
}

export function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Whether the value is a whole number from 0. */
export function isCount(value: unknown): value is number {
  return isInteger(value) && value >= 0;
}

/** Whether the value is a finite number from 0. */
export function isAmount(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0;
}

/** Makes the check for a union of strings from all its members. */
export function isOneOf<T extends string>(
  members: Readonly<Record<T, true>>,
): (value: unknown) => value is T {
  return (value): value is T => typeof value === 'string' && Object.hasOwn(members, value);
}
