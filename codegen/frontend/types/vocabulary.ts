/**
 * Vocabulary: recognises the types of `shardwire/contract`, such as `Handlers` and `Snowflake`.
 *
 * A type is recognised by its declared name and the file that declares it, wherever the package is installed and whatever
 * a contract calls the type in its imports. The file has to be the package's: a project may have files of the same name.
 */
import type { ts } from 'ts-morph';
import type { Bounds, Shape, TextRules } from '../../model/model.js';
import { compiler } from '../program/compiler.js';

/** The path of the declaring file, as source or as published, with the folder of its package. */
const DECLARING_FILE = /^(.*?)\/(?:dist\/)?src\/contract\/declare(?:\.d)?\.ts$/;
const PACKAGE_NAME = 'shardwire';

export type Marker = 'Handlers' | 'Events' | 'Errors';

/** Whether a symbol is declared by `shardwire/contract`. */
export function isFromLibrary(symbol: ts.Symbol | undefined): boolean {
  return symbol?.declarations?.some((one) => isDeclaringFile(one.getSourceFile())) === true;
}

/** The answer for each file, since it takes reading a package.json. */
const declaringFiles = new WeakMap<ts.SourceFile, boolean>();

function isDeclaringFile(file: ts.SourceFile): boolean {
  const known = declaringFiles.get(file);
  if (known !== undefined) return known;
  const folder = DECLARING_FILE.exec(file.fileName)?.[1];
  const isDeclaring = folder !== undefined && packageName(folder) === PACKAGE_NAME;
  declaringFiles.set(file, isDeclaring);
  return isDeclaring;
}

function packageName(folder: string): unknown {
  const { config } = compiler.readConfigFile(`${folder}/package.json`, (path) => compiler.sys.readFile(path));
  return (config as { readonly name?: unknown } | undefined)?.name;
}

function isLibrarySymbol(symbol: ts.Symbol | undefined, name: string): boolean {
  return symbol?.name === name && isFromLibrary(symbol);
}

/** Whether an interface extends `Handlers`, `Events` or `Errors`, directly or indirectly. */
export function extendsMarker(type: ts.Type, marker: Marker): boolean {
  const bases = type.isClassOrInterface() ? (type.getBaseTypes() ?? []) : [];
  return bases.some((base) => isLibrarySymbol(base.symbol, marker) || extendsMarker(base, marker));
}

/** Whether a symbol is `Handlers`, `Events` or `Errors` itself. */
export function isMarker(symbol: ts.Symbol): boolean {
  return ['Handlers', 'Events', 'Errors'].some((marker) => isLibrarySymbol(symbol, marker));
}

/** Whether a member of an intersection is the library's carrier of a constraint. */
export function isPhantom(type: ts.Type): boolean {
  return isLibrarySymbol(type.symbol, 'Phantom');
}

/** The constraint that a `Snowflake`, an `Int`, a `Str<...>` or an `Arr<...>` adds to its base type. */
export type Constraint =
  | { readonly kind: 'shape'; readonly shape: Shape }
  | { readonly kind: 'text'; readonly rules: TextRules }
  | { readonly kind: 'items'; readonly bounds: Bounds }
  /** The options are not literal types. */
  | { readonly kind: 'unreadable' };

const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['snowflake', { kind: 'snowflake' }],
  ['int', { kind: 'int' }],
  ['uint', { kind: 'uint' }],
]);

/** Returns the constraints in an intersection, in the order in which they were written. */
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
