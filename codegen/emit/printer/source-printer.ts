/**
 * Source printer: one generated page on its way to being text.
 *
 * It lays out lines and collects imports, so that a page imports exactly what it mentions. It knows nothing of
 * contracts. A page is an object: nothing is shared between two of them.
 */
import { compare } from '../../model/shapes.js';
import { braces, render } from './fragment.js';
import type { Doc } from './fragment.js';

interface ImportedName {
  readonly local: string;
  readonly typeOnly: boolean;
}

/** Names that are spoken for. What a page imports from packages gives way to both. */
export interface PageNames {
  /** What the page declares. */
  readonly declared: ReadonlySet<string>;
  /** What the page imports from files beside it; gives way to what it declares. */
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
   */
  constructor(header: readonly string[], names: PageNames = { declared: new Set(), imported: new Set() }) {
    this.#header = header;
    this.#names = names;
  }

  /** Imports a value. Returns its name on this page, which differs if the page has a thing of that name. */
  use(name: string, from: string): string {
    return this.#import(name, from, false);
  }

  /** Imports a type. */
  useType(name: string, from: string): string {
    return this.#import(name, from, true);
  }

  line(...doc: readonly Doc[]): void {
    const text = this.#indent + render(doc, this.#indent, this.#indent.length);
    this.#lines.push(text.trimEnd());
  }

  /** A line that opens, lines further in, a line that closes. */
  block(open: Doc, write: () => void, close: string): void {
    this.line(open);
    const outer = this.#indent;
    this.#indent += '  ';
    write();
    this.#indent = outer;
    this.line(close);
  }

  /** Comment lines. */
  comment(text: string): void {
    for (const line of commentLines(text)) this.line(`// ${line}`);
  }

  /** A comment that editors show. */
  docComment(text: string): void {
    const lines = commentLines(text).map((line) => line.replaceAll('*/', '*\\/'));
    if (lines.length === 1) this.line(`/** ${lines.join('')} */`);
    if (lines.length < 2) return;
    this.line('/**');
    for (const line of lines) this.line(` * ${line}`);
    this.line(' */');
  }

  toString(): string {
    const header = ['/**', ...this.#header.map((line) => ` * ${line}`.trimEnd()), ' */'];
    const imports = this.#importLines();
    return [...header, ...imports, ...(imports.length === 0 ? [] : ['']), ...this.#lines, ''].join('\n');
  }

  #import(name: string, from: string, typeOnly: boolean): string {
    const names = this.#imports.get(from) ?? new Map<string, ImportedName>();
    this.#imports.set(from, names);
    const known = names.get(name);
    const local = known?.local ?? this.#free(name, isLocal(from));
    names.set(name, { local, typeOnly: typeOnly && known?.typeOnly !== false });
    return local;
  }

  #free(name: string, isOwn: boolean): string {
    const { declared, imported } = this.#names;
    const isTaken = declared.has(name) || (!isOwn && imported.has(name));
    return isTaken ? this.#free(`${name}$`, isOwn) : name;
  }

  #importLines(): string[] {
    const modules = [...this.#imports].toSorted(([a], [b]) => compare(moduleOrder(a), moduleOrder(b)));
    return modules.flatMap(([from, names]) => {
      const values = [...names].filter(([, { typeOnly }]) => !typeOnly);
      const types = [...names].filter(([, { typeOnly }]) => typeOnly);
      return [importLine('import', values, from), importLine('import type', types, from)].flat();
    });
  }
}

function isLocal(from: string): boolean {
  return from.startsWith('.');
}

/** Packages first, then what lies beside the page. */
function moduleOrder(from: string): string {
  return `${isLocal(from) ? 1 : 0}${from}`;
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

/** Doc comments as lines; a line separator inside one would end a `//` comment. */
function commentLines(text: string): readonly string[] {
  const lines = text.trim().split(/\r\n|[\n\r\u2028\u2029]/);
  return lines.join('') === '' ? [] : lines.map((line) => line.trimEnd());
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ["'", "\\'"],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const PLAIN = /^[\w $()*+,./:;<=>?@[\]^{|}-]*$/;

/** A string literal. Everything that is not plain text is escaped, lone surrogates included. */
export function quote(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const escaped = text.replaceAll(/[\\'\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, escapeCharacter);
  return `'${escaped}'`;
}

function escapeCharacter(character: string): string {
  const known = ESCAPES.get(character);
  if (known !== undefined) return known;
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
