/**
 * What emitters of one page share: the model, the printer, and the words for small things.
 */
import type { LiteralValue } from '../model/model.js';
import { braces } from './printer/fragment.js';
import { propertyName, variableFor } from './names.js';
import type { PageModel } from './page-model.js';
import { quote } from './printer/source-printer.js';
import type { SourcePrinter } from './printer/source-printer.js';

export interface PageScope {
  readonly model: PageModel;
  readonly out: SourcePrinter;
}

export const RUNTIME = 'shardwire/runtime';

/** Imports a name of the runtime. */
export function runtime(page: PageScope, name: string): string {
  return page.out.use(name, RUNTIME);
}

/** What a call from the function of one type to that of another says about how deep it is. */
export function depthArgument(page: PageScope, to: string, from: string | undefined): string {
  const { recursion } = page.model;
  if (from === undefined || !recursion.isDeep(from) || !recursion.isDeep(to)) return '';
  return recursion.isStep(from, to) ? ', depth + 1' : ', depth';
}

export function literalText(value: LiteralValue): string {
  return typeof value === 'string' ? quote(value) : String(value);
}

/** A regular expression literal. The source is known to compile with the `u` flag. */
export function regExpText(source: string): string {
  const { source: escaped } = new RegExp(source, 'u');
  return `/${quote(escaped).slice(1, -1).replaceAll('\\\\', '\\').replaceAll("\\'", "'")}/u`;
}

/**
 * Takes members out of an object into variables. Returns the variables, in the order of the members.
 *
 * @param taken - Names that mean something else where the variables stand.
 */
export function readMembers(
  page: PageScope,
  members: readonly { readonly key: string }[],
  source: string,
  taken: readonly string[] = [],
): readonly string[] {
  if (members.length === 0) return [];
  const locals = localsFor(
    page,
    members.map((member) => member.key),
    taken,
  );
  const items = members.map(({ key }, i) => pair(key, locals[i] ?? ''));
  page.out.line('const ', braces(items), ` = ${source};`);
  return locals;
}

/** `name` or `key: name`, in a pattern as in an object literal. */
export function pair(key: string, text: string): string {
  return key === text ? key : `${propertyName(key)}: ${text}`;
}

/** Variables for keys. They must not hide a function that the same body calls. */
function localsFor(page: PageScope, keys: readonly string[], taken: readonly string[]): readonly string[] {
  const given = new Set(['value', 'depth', 'item', 'inner', 'key', ...taken]);
  const isTaken = (name: string): boolean => given.has(name) || isCalled(page, name);
  return keys.map((key) => {
    const local = variableFor(key, isTaken);
    given.add(local);
    return local;
  });
}

const CALLED_FROM_RUNTIME =
  /^(?:is[A-Z][A-Za-z]*|(?:un)?pack[A-Z][A-Za-z]*|asIs|mergePacked|rowOf|rowOfAll|MAX_DEPTH)\$*$/;

function isCalled(page: PageScope, name: string): boolean {
  const { declared, imported } = page.model.names;
  return declared.has(name) || imported.has(name) || CALLED_FROM_RUNTIME.test(name);
}
