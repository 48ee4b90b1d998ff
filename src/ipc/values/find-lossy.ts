/**
 * Loss search: what `JSON.stringify` would change without a word.
 *
 * For development only: it walks a value before it is sent. What has a `toJSON` says itself how it wants to
 * travel; a missing member is no loss; everything else that would not come back as it was is named.
 */

/** A sentence such as `data.scores is a Map, which arrives as {}`, or `undefined` when nothing is lost. */
export function findLoss(value: unknown, root: string): string | undefined {
  try {
    const loss = search(value, { left: MAX_VALUES });
    return loss === undefined ? undefined : `${root}${loss.path} is ${loss.arrival}`;
  } catch {
    return undefined; // What throws when it is touched is JSON.stringify's to report.
  }
}

/** A large payload is looked at in part: this is a help, not a check. */
const MAX_VALUES = 1000;

interface Loss {
  readonly path: string;
  readonly arrival: string;
}

/** The path is put together on the way back: nearly every value is searched in vain. */
function search(value: unknown, budget: { left: number }): Loss | undefined {
  if (budget.left-- <= 0) return undefined;
  const arrival = lossyArrival(value);
  if (arrival !== undefined) return { path: '', arrival };
  if (typeof value !== 'object' || value === null || hasToJson(value)) return undefined;
  return Array.isArray(value) ? searchItems(value, budget) : searchMembers(value as Members, budget);
}

interface Members {
  readonly [key: string]: unknown;
}

function searchItems(items: readonly unknown[], budget: { left: number }): Loss | undefined {
  for (let i = 0; i < items.length && budget.left > 0; i++) {
    const found = search(items[i], budget);
    if (found !== undefined) return { ...found, path: `[${i}]${found.path}` };
  }
  return undefined;
}

function searchMembers(members: Members, budget: { left: number }): Loss | undefined {
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
