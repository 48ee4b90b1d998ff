/**
 * Vocabulary: which of a contract's types are the library's own words.
 *
 * They are known by name and by the file that declares them, wherever the package lies and whatever a contract calls
 * them in its imports.
 */
import type { ts } from 'ts-morph';
import type { Bounds, Shape, TextRules } from '../../model/model.js';

const DECLARING_FILE = /\/contract\/declare(?:\.d)?\.[cm]?ts$/;

export type Marker = 'Handlers' | 'Events' | 'Errors';

/** Whether something is declared by `shardwire/contract`. */
export function isVocabulary(symbol: ts.Symbol | undefined): boolean {
  const files = symbol?.declarations?.map((declaration) => declaration.getSourceFile().fileName) ?? [];
  return files.some((file) => DECLARING_FILE.test(file));
}

function isOwnWord(symbol: ts.Symbol | undefined, name: string): boolean {
  return symbol?.name === name && isVocabulary(symbol);
}

/** Whether an interface has `Handlers`, `Events` or `Errors` among its bases, near or far. */
export function extendsMarker(type: ts.Type, marker: Marker): boolean {
  const bases = type.isClassOrInterface() ? (type.getBaseTypes() ?? []) : [];
  return bases.some((base) => isOwnWord(base.symbol, marker) || extendsMarker(base, marker));
}

/** Whether this is `Handlers`, `Events` or `Errors` itself. */
export function isMarker(symbol: ts.Symbol): boolean {
  return ['Handlers', 'Events', 'Errors'].some((marker) => isOwnWord(symbol, marker));
}

/** Whether a member of an intersection only carries a constraint. */
export function isPhantom(type: ts.Type): boolean {
  return isOwnWord(type.symbol, 'Phantom');
}

/** What a `Snowflake`, an `Int`, a `Str<...>` or an `Arr<...>` adds to the type that it is made of. */
export type Constraint =
  | { readonly kind: 'shape'; readonly shape: Shape }
  | { readonly kind: 'text'; readonly rules: TextRules }
  | { readonly kind: 'items'; readonly bounds: Bounds }
  /** Its options are not written out as literals. */
  | { readonly kind: 'unreadable' };

const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['snowflake', { kind: 'snowflake' }],
  ['int', { kind: 'int' }],
  ['uint', { kind: 'uint' }],
]);

/** The constraints that an intersection carries, in the order in which it was written. */
export function constraintsOf(type: ts.IntersectionType, checker: ts.TypeChecker): readonly Constraint[] {
  return type.types.filter(isPhantom).map((phantom) => {
    const [word, options] = checker.getTypeArguments(phantom as ts.TypeReference);
    const name = word?.isStringLiteral() === true ? word.value : '';
    const shape = SHAPES.get(name);
    if (shape !== undefined) return { kind: 'shape', shape };
    const read = options === undefined ? undefined : literalsOf(options, checker);
    if (read === undefined) return { kind: 'unreadable' };
    return name === 'str' ? { kind: 'text', rules: read } : { kind: 'items', bounds: read };
  });
}

const RULES: ReadonlyMap<string, string> = new Map([
  ['min', 'number'],
  ['max', 'number'],
  ['pattern', 'string'],
]);

function literalsOf(options: ts.Type, checker: ts.TypeChecker): TextRules | undefined {
  let rules: TextRules = {};
  for (const property of checker.getPropertiesOfType(options)) {
    const type = checker.getTypeOfSymbol(property);
    const value = type.isStringLiteral() || type.isNumberLiteral() ? type.value : undefined;
    if (value === undefined || typeof value !== RULES.get(property.name)) return undefined;
    rules = { ...rules, [property.name]: value };
  }
  return rules;
}
