/**
 * Vocabulary: which of a contract's types are the library's own words.
 *
 * They are known by name and by the file that declares them, wherever the package lies and whatever a contract calls
 * them in its imports.
 */
import { ts } from 'ts-morph';
import type { Shape } from '../model.js';

const DECLARING_FILE = /\/contract\/declare(?:\.d)?\.[cm]?ts$/;

export type Marker = 'Handlers' | 'Events' | 'Errors';

function isOwnWord(symbol: ts.Symbol | undefined, name: string): boolean {
  const files = symbol?.declarations?.map((declaration) => declaration.getSourceFile().fileName) ?? [];
  return symbol?.name === name && files.some((file) => DECLARING_FILE.test(file));
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

const CONSTRAINTS: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['snowflake', { kind: 'snowflake' }],
  ['int', { kind: 'int' }],
  ['uint', { kind: 'uint' }],
]);

/** The shape of a `Snowflake`, an `Int` or a `UInt`: a primitive that carries a constraint. */
export function constrainedShape(type: ts.Type, checker: ts.TypeChecker): Shape | undefined {
  if (!type.isIntersection() || type.types.length !== 2) return undefined;
  const phantom = type.types.find((part) => isOwnWord(part.symbol, 'Phantom'));
  if (phantom === undefined) return undefined;
  const [constraint] = checker.getTypeArguments(phantom as ts.TypeReference);
  return constraint?.isStringLiteral() === true ? CONSTRAINTS.get(constraint.value) : undefined;
}
