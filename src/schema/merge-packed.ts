/**
 * Merging what several members of a union made of one value.
 *
 * Where nothing tells the members of a union apart, a value may fit several; each names its own part, and
 * all that any of them names is sent. The parts are projections of the same value, so wherever two of them
 * have something in the same place, it is the same thing or two projections of it.
 */

/** Joins the projections. `undefined` stands for a member that the value does not fit. */
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

/** Projections are plain; what is not is the value itself, passed through where a member says `unknown`. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
