/**
 * Destructuring: reads members of an object into local variables that hide nothing the function calls.
 */
import type { ContractPage } from './contract-page.js';
import { propertyName, variableFor } from './names.js';
import { braces } from './printer/fragment.js';
import { BODY_NAMES } from './runtime-names.js';

/**
 * Writes `const { name, class: class_ } = source;`. Returns the variables, in the order of the members.
 *
 * @param reserved - More names that are in use in this function.
 */
export function destructure(
  page: ContractPage,
  members: readonly { readonly key: string }[],
  source: string,
  reserved: readonly string[] = [],
): readonly string[] {
  if (members.length === 0) return [];
  const locals = localsFor(
    page,
    members.map((member) => member.key),
    reserved,
  );
  const items = members.map(({ key }, i) => pair(key, locals[i] ?? ''));
  page.line('const ', braces(items), ` = ${source};`);
  return locals;
}

/** Returns `name` or `key: name`, in a pattern as in an object literal. */
function pair(key: string, local: string): string {
  return key === local ? key : `${propertyName(key)}: ${local}`;
}

const PARAMETERS = ['value', 'depth', 'item', 'inner', 'key'];

function localsFor(
  page: ContractPage,
  keys: readonly string[],
  reserved: readonly string[],
): readonly string[] {
  const inUse = new Set([...PARAMETERS, ...reserved]);
  const isTaken = (name: string): boolean => inUse.has(name) || isCalled(page, name);
  return keys.map((key) => {
    const local = variableFor(key, isTaken);
    inUse.add(local);
    return local;
  });
}

const CALLED_FROM_RUNTIME: ReadonlySet<string> = new Set(BODY_NAMES);

/** Whether a function on this page may call the name: a local variable of that name would hide it. */
function isCalled(page: ContractPage, name: string): boolean {
  const { declared, imported } = page.model.names;
  // An import that collides with a declared name ends in `$`.
  return declared.has(name) || imported.has(name) || CALLED_FROM_RUNTIME.has(name.replace(/\$+$/, ''));
}
