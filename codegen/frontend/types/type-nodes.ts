/**
 * Type nodes: how a type was written, and which part of that is which.
 */
import type { ts } from 'ts-morph';
import { compiler } from '../program/compiler.js';

/** Where the walk is. */
export interface Spot {
  /** What to underline if something is wrong. */
  readonly node: ts.Node;
  /** How the type was written, if that can be trusted. */
  readonly written: ts.TypeNode | undefined;
  /** How messages call it: `getGuildData.data.guildId`. */
  readonly path: string;
}

/** The node of the items of an `Arr<Item, ...>`; nothing for other constrained types. */
export function firstArgument(written: ts.TypeNode, isList: boolean): ts.TypeNode | undefined {
  const node = isList && compiler.isTypeReferenceNode(written) ? written.typeArguments?.[0] : undefined;
  return node && compiler.factory.createArrayTypeNode(node);
}

/** Where the inside of a named type stands. An alias' own node can be trusted unless it has parameters. */
export function insideOf(type: ts.Type, symbol: ts.Symbol, path: string, spot: Spot): Spot {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) return { node: spot.node, written: undefined, path };
  if (!compiler.isTypeAliasDeclaration(declaration))
    return { node: nameNodeOf(declaration) ?? spot.node, written: undefined, path };
  const isPlain = type.aliasSymbol === symbol && declaration.typeParameters === undefined;
  return { node: declaration.type, written: isPlain ? declaration.type : undefined, path };
}

export function skipParentheses(node: ts.TypeNode): ts.TypeNode {
  return compiler.isParenthesizedTypeNode(node) ? skipParentheses(node.type) : node;
}

/** The node of the items, for each of the ways to write an array. */
export function itemNode(written: ts.TypeNode | undefined): ts.TypeNode | undefined {
  if (written === undefined) return undefined;
  if (compiler.isParenthesizedTypeNode(written)) return itemNode(written.type);
  if (compiler.isTypeOperatorNode(written)) return itemNode(written.type);
  if (compiler.isArrayTypeNode(written)) return written.elementType;
  return compiler.isTypeReferenceNode(written) && written.typeArguments?.length === 1
    ? written.typeArguments[0]
    : undefined;
}

export function typeNodeOf(declaration: ts.Declaration): ts.TypeNode | undefined {
  const { type } = declaration as ts.Declaration & { readonly type?: ts.Node };
  return type !== undefined && compiler.isTypeNode(type) && !compiler.isMethodSignature(declaration)
    ? type
    : undefined;
}

export function nameNodeOf(declaration: ts.Declaration | undefined): ts.Node | undefined {
  return declaration && compiler.getNameOfDeclaration(declaration);
}
