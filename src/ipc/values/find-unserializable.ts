/**
 * Unserializable search: finds the part of a value because of which `JSON.stringify` threw.
 *
 * Runs only after it has thrown: values that can be sent pay nothing for good messages.
 */

/** Returns a sentence such as `data.users[3].id is a bigint`; `undefined` when nothing is found. */
export function findUnserializable(value: unknown, root: string): string | undefined {
  // JSON leaves these out of objects, but cannot represent them as the whole value.
  if (typeof value === 'function' || typeof value === 'symbol') return `${root} is a ${typeof value}`;
  try {
    return search(value, root, { above: new Set(), clean: new Set() });
  } catch {
    return undefined; // A proxy may throw wherever it is touched.
  }
}

/** Deep enough for a person to read, shallow enough never to overflow the stack. */
const MAX_DEPTH = 200;

/** The objects above the current one, and those that were searched without a find. */
interface Walk {
  readonly above: Set<object>;
  readonly clean: Set<object>;
}

function search(value: unknown, path: string, walk: Walk): string | undefined {
  const { above, clean } = walk;
  if (typeof value === 'bigint') return `${path} is a bigint`;
  if (typeof value !== 'object' || value === null || clean.has(value)) return undefined;
  if (above.has(value)) return `${path} is circular`;
  if (above.size >= MAX_DEPTH) return undefined;

  above.add(value);
  const found = searchMembers(value, path, walk);
  above.delete(value);
  if (found === undefined) clean.add(value);
  return found;
}

function searchMembers(value: object, path: string, walk: Walk): string | undefined {
  for (const key of Object.keys(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    let member: unknown;
    try {
      member = (value as Record<string, unknown>)[key];
    } catch {
      return `${at} throws when it is read`;
    }
    const found = search(member, at, walk);
    if (found !== undefined) return found;
  }
  return undefined;
}
