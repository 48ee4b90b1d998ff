/**
 * Culprit search: where in a value sits what `JSON.stringify` refused.
 *
 * Runs only after it has refused: the good path pays nothing for good messages.
 */

/** A sentence such as `data.users[3].id is a bigint`, or `undefined` when nothing is found. */
export function findCulprit(value: unknown, root: string): string | undefined {
  // Only at the top has JSON no form for these; inside an object it leaves them out.
  if (typeof value === 'function' || typeof value === 'symbol') return `${root} is a ${typeof value}`;
  try {
    return search(value, root, new Set());
  } catch {
    return undefined; // A proxy may throw wherever it is touched.
  }
}

/** Deep enough for a person to read, shallow enough never to overflow the stack. */
const MAX_DEPTH = 200;

function search(value: unknown, path: string, above: Set<object>): string | undefined {
  if (typeof value === 'bigint') return `${path} is a bigint`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (above.has(value)) return `${path} is circular`;
  if (above.size >= MAX_DEPTH) return undefined;

  above.add(value);
  const found = searchMembers(value, path, above);
  above.delete(value);
  return found;
}

function searchMembers(value: object, path: string, above: Set<object>): string | undefined {
  for (const key of Object.keys(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    let member: unknown;
    try {
      member = (value as Record<string, unknown>)[key];
    } catch {
      return `${at} throws when it is read`;
    }
    const found = search(member, at, above);
    if (found !== undefined) return found;
  }
  return undefined;
}
