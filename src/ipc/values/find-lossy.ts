/**
 * Lossy search: finds values that `JSON.stringify` would change silently.
 *
 * For development only: it walks a value before it is sent. A `toJSON` method decides itself what is sent, and a missing
 * member is no loss; every other value that would not arrive as it was is reported.
 */

/** Returns a sentence such as `data.scores is a Map, which arrives as {}`; `undefined` when nothing is lost. */
export function findLossy(value: unknown, root: string): string | undefined {
  try {
    const found = search(value, { left: MAX_VALUES });
    return found === undefined ? undefined : `${root}${found.path} is ${found.arrival}`;
  } catch {
    return undefined; // JSON.stringify will report a value that throws when it is read.
  }
}

/** Large payloads are searched in part: this is a help, not a check. */
const MAX_VALUES = 1000;

interface Lossy {
  readonly path: string;
  readonly arrival: string;
}

/** The path is built on the way back, since nearly every search finds nothing. */
function search(value: unknown, budget: { left: number }): Lossy | undefined {
  if (budget.left-- <= 0) return undefined;
  const arrival = lossyArrival(value);
  if (arrival !== undefined) return { path: '', arrival };
  if (typeof value !== 'object' || value === null || hasToJson(value)) return undefined;
  return Array.isArray(value) ? searchItems(value, budget) : searchMembers(value as Members, budget);
}

interface Members {
  readonly [key: string]: unknown;
}

function searchItems(items: readonly unknown[], budget: { left: number }): Lossy | undefined {
  for (let i = 0; i < items.length && budget.left > 0; i++) {
    const found = search(items[i], budget);
    if (found !== undefined) return { ...found, path: `[${i}]${found.path}` };
  }
  return undefined;
}

function searchMembers(members: Members, budget: { left: number }): Lossy | undefined {
  for (const key of Object.keys(members)) {
    const found = search(members[key], budget);
    if (found !== undefined) return { ...found, path: `.${key}${found.path}` };
  }
  return undefined;
}

function lossyArrival(value: unknown): string | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? undefined : `${value}, which arrives as null`;
    case 'function':
      return 'a function, which does not arrive';
    case 'symbol':
      return 'a symbol, which does not arrive';
    case 'object':
      return value === null || hasToJson(value) ? undefined : lossyObject(value);
    default:
      return undefined;
  }
}

function lossyObject(value: object): string | undefined {
  if (value instanceof Map) return 'a Map, which arrives as {}';
  if (value instanceof Set) return 'a Set, which arrives as {}';
  if (value instanceof RegExp) return 'a RegExp, which arrives as {}';
  if (value instanceof Error) return 'an Error, which arrives without its message';
  if (ArrayBuffer.isView(value)) return 'binary data, which arrives as an object of numbers';
  return undefined;
}

function hasToJson(value: object): boolean {
  return typeof (value as { toJSON?: unknown }).toJSON === 'function';
}
