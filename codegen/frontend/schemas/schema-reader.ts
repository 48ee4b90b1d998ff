/**
 * Schema reader: reads `Static<typeof Schema>`, with which a contract can say more than types can.
 *
 * The type checker sees only the schema's static type, without the schema's constraints. So the schema itself is loaded
 * and read.
 */
import type { ts } from 'ts-morph';
import type { Shape } from '../../model/model.js';
import { compiler } from '../program/compiler.js';
import type { Reporter } from '../program/reporter.js';
import { shapeOfSchema } from './schema-shapes.js';
import type { SchemaTypes } from './schema-shapes.js';
import { loadFile } from './schema-values.js';
import type { LoadedFile } from './schema-values.js';

/** A constant with a schema, and the file that declares it. */
export interface SchemaConstant {
  readonly name: string;
  readonly file: ts.SourceFile;
}

export const TYPEBOX_FILE = /\/node_modules\/typebox\//;

/** Returns the constant in `Static<typeof ...>`, written at the node directly or through an alias. */
export function staticOf(node: ts.TypeNode, checker: ts.TypeChecker): SchemaConstant | undefined {
  if (compiler.isParenthesizedTypeNode(node)) return staticOf(node.type, checker);
  const name = nameIn(node);
  if (name === undefined) return undefined;
  const symbol = followed(checker.getSymbolAtLocation(name), checker);
  const [argument] = (node as ts.NodeWithTypeArguments).typeArguments ?? [];
  const isStatic = symbol?.name === 'Static' && isDeclaredIn(symbol, TYPEBOX_FILE);
  if (isStatic)
    return argument && compiler.isTypeQueryNode(argument) ? constantOf(argument, checker) : undefined;
  const alias = symbol?.declarations?.find(compiler.isTypeAliasDeclaration);
  return alias === undefined || alias.typeParameters !== undefined
    ? undefined
    : staticOf(alias.type, checker);
}

/** Returns the name in a reference to a type, or in an `extends` clause. */
function nameIn(node: ts.TypeNode): ts.Node | undefined {
  if (compiler.isTypeReferenceNode(node)) return node.typeName;
  return compiler.isExpressionWithTypeArguments(node) ? node.expression : undefined;
}

function constantOf(query: ts.TypeQueryNode, checker: ts.TypeChecker): SchemaConstant | undefined {
  const symbol = followed(checker.getSymbolAtLocation(query.exprName), checker);
  const file = symbol?.declarations?.[0]?.getSourceFile();
  return symbol === undefined || file === undefined ? undefined : { name: symbol.name, file };
}

function followed(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Symbol | undefined {
  const isAlias = symbol !== undefined && (symbol.flags & compiler.SymbolFlags.Alias) !== 0;
  return isAlias ? checker.getAliasedSymbol(symbol) : symbol;
}

function isDeclaredIn(symbol: ts.Symbol, path: RegExp): boolean {
  return symbol.declarations?.some((declaration) => path.test(declaration.getSourceFile().fileName)) === true;
}

/** The node that says `Static<...>`, and its path for messages. */
interface SchemaSite {
  readonly node: ts.Node;
  readonly path: string;
}

/** Loads each file once. */
export class SchemaReader {
  readonly #loaded = new Map<string, LoadedFile>();

  /** @param types - Receives the named types that the schema defines. */
  shapeAt(
    { name, file }: SchemaConstant,
    { node, path }: SchemaSite,
    reporter: Reporter,
    types: SchemaTypes,
  ): Shape {
    const loaded = this.#load(file);
    if (!loaded.ok) {
      const message = `${path}: failed to run the file of \`${name}\`: ${loaded.message}`;
      reporter.report(node, {
        code: 'SW2019',
        message,
        hint: 'the file is run to read the schema, so it must load on its own',
      });
      return { kind: 'unknown' };
    }
    if (!Object.hasOwn(loaded.exports, name)) {
      const hint = `write \`export const ${name} = ...\``;
      reporter.report(node, { code: 'SW2019', message: `${path}: \`${name}\` is not exported`, hint });
      return { kind: 'unknown' };
    }
    const read = shapeOfSchema(loaded.exports[name], types);
    if (read.ok) return read.shape;
    const hint = 'see docs/diagnostics.md for what a schema in a contract may contain';
    reporter.report(node, { code: read.code, message: `${path}: ${read.message}`, hint });
    return { kind: 'unknown' };
  }

  #load(file: ts.SourceFile): LoadedFile {
    const known = this.#loaded.get(file.fileName) ?? loadFile(file.fileName, file.text);
    this.#loaded.set(file.fileName, known);
    return known;
  }
}
