/**
 * Checks for JSON from outside.
 */

export type JsonRecord = Readonly<Record<string, unknown>>;

/** A copy of the value as JSON carries it. Throws at once for what JSON cannot carry, and not when it is sent. */
export function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null');
}

export function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
