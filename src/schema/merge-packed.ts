/**
 * Merging: joins what the encoders of several union members made of one value.
 *
 * A value may fit several members of a union without a discriminant; each member names some of its parts, and all named
 * parts are sent. Encoded values are projections of the same value, so under any key two projections have the same value
 * or two projections of it.
 */

/** Joins projections of one value. `undefined` marks a member that the value does not fit. */
export function mergePacked(...parts: readonly unknown[]): unknown {
  return parts.reduce(mergeTwo, undefined);
}

function mergeTwo(a: unknown, b: unknown): unknown {
  if (a === undefined) return b;
  if (b === undefined || a === b) return a;
  if (Array.isArray(a) && Array.isArray(b)) return a.map((item: unknown, i) => mergeTwo(item, b[i]));
  if (isPlain(a) && isPlain(b)) return mergeRecords(a, b);
  return isPlain(a) ? b : a;
}

function mergeRecords(a: object, b: object): object {
  const merged = new Map<string, unknown>(Object.entries(a));
  for (const [key, value] of Object.entries(b)) merged.set(key, mergeTwo(merged.get(key), value));
  return Object.fromEntries(merged);
}

/** Projections are plain objects; any other object is part of the value itself, where a member has the type `unknown`. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
