/**
 * Type nodes: the syntax with which a type was written, and the parts of that syntax.
 */
import type { ts } from 'ts-morph';
import { compiler } from '../program/compiler.js';

/** A mention of a type in a contract. */
export interface TypeSite {
  /** The node to underline in messages. */
  readonly node: ts.Node;
  /** The node of the type, if it stands for exactly the type at hand. */
  readonly written: ts.TypeNode | undefined;
  /** The path for messages: `getGuildData.data.guildId`. */
  readonly path: string;
}

/** Returns a node for the plain array in `Arr<Item, ...>`; `undefined` for other constrained types. */
export function firstArgument(written: ts.TypeNode, isList: boolean): ts.TypeNode | undefined {
  const node = isList && compiler.isTypeReferenceNode(written) ? written.typeArguments?.[0] : undefined;
  return node && compiler.factory.createArrayTypeNode(node);
}

/** Returns the site of a named type's definition. The node of an alias can be trusted unless the alias has type parameters. */
export function insideOf(type: ts.Type, symbol: ts.Symbol, path: string, site: TypeSite): TypeSite {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) return { node: site.node, written: undefined, path };
  if (!compiler.isTypeAliasDeclaration(declaration))
    return { node: nameNodeOf(declaration) ?? site.node, written: undefined, path };
  const isPlain = type.aliasSymbol === symbol && declaration.typeParameters === undefined;
  return { node: declaration.type, written: isPlain ? declaration.type : undefined, path };
}

export function skipParentheses(node: ts.TypeNode): ts.TypeNode {
  return compiler.isParenthesizedTypeNode(node) ? skipParentheses(node.type) : node;
}

/** Returns the node of an array's items, for each syntax of an array type. */
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
