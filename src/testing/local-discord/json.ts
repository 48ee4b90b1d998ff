/**
 * Looking into JSON that nobody vouches for.
 */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
