/**
 * Source printer: a generated page while it is being written.
 *
 * Emitters write lines and ask for imports; the printer indents, breaks long lines and writes the import statements, so
 * that a page imports exactly what it mentions. It knows nothing of contracts. Each page has its own printer: two pages
 * share no state.
 */
import { compare } from '../../model/shapes.js';
import { braces, render } from './fragment.js';
import type { Fragment } from './fragment.js';
import { quote } from './literals.js';

interface ImportedName {
  readonly local: string;
  readonly isType: boolean;
}

/** Names in use on a page. A name imported from a package is suffixed with `$` if it would collide with one of them. */
export interface PageNames {
  /** Names that the page declares. */
  readonly declared: ReadonlySet<string>;
  /** Names imported from relative paths; these get the suffix only if the page declares the same name. */
  readonly imported: ReadonlySet<string>;
}

export class SourcePrinter {
  readonly #header: readonly string[];
  readonly #names: PageNames;
  readonly #imports = new Map<string, Map<string, ImportedName>>();
  readonly #lines: string[] = [];
  #indent = '';

  /**
   * @param header - The lines of the comment at the top of the page.
   * @param names - The names that imports must not collide with. Defaults to none.
   */
  constructor(header: readonly string[], names: PageNames = { declared: new Set(), imported: new Set() }) {
    this.#header = header;
    this.#names = names;
  }

  /**
   * Imports a value and returns its name on this page: the same name, or with `$` if that name is in use.
   *
   * ```ts
   * const isObject = page.use('isObject', 'shardwire/runtime');
   * page.line(`if (!${isObject}(value)) return false;`);
   * ```
   */
  use(name: string, from: string): string {
    return this.#import(name, from, false);
  }

  /**
   * Imports a type and returns its name on this page. A name imported as a value as well is imported once, as a value.
   *
   * ```ts
   * page.line(`const spec: ${page.useType('ValueSpec', 'shardwire/runtime')} = ...`);
   * ```
   */
  useType(name: string, from: string): string {
    return this.#import(name, from, true);
  }

  /**
   * Writes the fragments as one line, which breaks only at groups; without arguments, an empty line.
   *
   * ```ts
   * page.line('return ', chain(checks, '&&'), ';'); // return isUInt(members) && isUInt(channels);
   * ```
   */
  line(...fragments: readonly Fragment[]): void {
    const text = this.#indent + render(fragments, this.#indent, this.#indent.length);
    this.#lines.push(text.trimEnd());
  }

  /**
   * Writes an opening line, an indented body and a closing line.
   *
   * ```ts
   * page.block('events: {', () => page.line('reload: {},'), '},');
   * ```
   */
  block(open: Fragment, writeBody: () => void, close: string): void {
    this.line(open);
    const outer = this.#indent;
    this.#indent += '  ';
    writeBody();
    this.#indent = outer;
    this.line(close);
  }

  /** Writes `// text`, one comment for each line of the text; nothing if the text is empty. */
  comment(text: string): void {
    for (const line of commentLines(text)) this.line(`// ${line}`);
  }

  /**
   * Writes a doc comment, on one line if the text is one line; nothing if the text is empty.
   *
   * ```ts
   * page.docComment('What one cluster knows about a guild.');
   * ```
   */
  docComment(text: string): void {
    const lines = commentLines(text).map((line) => line.replaceAll('*/', '*\\/'));
    if (lines.length === 1) this.line(`/** ${lines.join('')} */`);
    if (lines.length < 2) return;
    this.line('/**');
    for (const line of lines) this.line(` * ${line}`);
    this.line(' */');
  }

  /** Returns the whole page: header, imports, lines. */
  toString(): string {
    const header = ['/**', ...this.#header.map((line) => ` * ${line}`.trimEnd()), ' */'];
    const imports = this.#importLines();
    return [...header, ...imports, ...(imports.length === 0 ? [] : ['']), ...this.#lines, ''].join('\n');
  }

  #import(name: string, from: string, isType: boolean): string {
    const names = this.#imports.get(from) ?? new Map<string, ImportedName>();
    this.#imports.set(from, names);
    const known = names.get(name);
    const local = known?.local ?? this.#freeName(name, isRelative(from));
    names.set(name, { local, isType: isType && known?.isType !== false });
    return local;
  }

  #freeName(name: string, isRelativeImport: boolean): string {
    const { declared, imported } = this.#names;
    const isInUse = declared.has(name) || (!isRelativeImport && imported.has(name));
    return isInUse ? this.#freeName(`${name}$`, isRelativeImport) : name;
  }

  #importLines(): string[] {
    const modules = [...this.#imports].toSorted(([a], [b]) => compare(sortKey(a), sortKey(b)));
    return modules.flatMap(([from, names]) => {
      const values = [...names].filter(([, { isType }]) => !isType);
      const types = [...names].filter(([, { isType }]) => isType);
      return [importLine('import', values, from), importLine('import type', types, from)].flat();
    });
  }
}

function isRelative(from: string): boolean {
  return from.startsWith('.');
}

/** Packages first, then relative paths. */
function sortKey(from: string): string {
  return `${isRelative(from) ? 1 : 0}${from}`;
}

function importLine(
  keyword: string,
  names: readonly (readonly [string, ImportedName])[],
  from: string,
): string[] {
  if (names.length === 0) return [];
  const sorted = names.toSorted(([a], [b]) => compare(a, b));
  const items = sorted.map(([name, { local }]) => (name === local ? name : `${name} as ${local}`));
  return [render([`${keyword} `, braces(items), ` from ${quote(from)};`], '', 0)];
}

/** Splits at Unicode line separators as well: one inside the text would end a `//` comment. */
function commentLines(text: string): readonly string[] {
  const lines = text.trim().split(/\r\n|[\n\r\u2028\u2029]/);
  return lines.join('') === '' ? [] : lines.map((line) => line.trimEnd());
}
