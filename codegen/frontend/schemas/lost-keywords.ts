/**
 * Lost keywords: places where `Static<typeof Schema>` is a part of another type.
 *
 * Alone, it is read as the schema that it is. Where an interface extends it, or `Partial` changes it, the type checker
 * only hands on the type that the schema comes to, and what the schema asks for beyond that would be lost in silence.
 */
import type { ts } from 'ts-morph';
import type { Shape } from '../../model/model.js';
import { someInside } from '../../model/shapes.js';
import { compiler } from '../program/compiler.js';
import { TYPEBOX_FILE, staticOf } from './schema-reader.js';
import type { SchemaConstant } from './schema-reader.js';

export interface LostSchema {
  readonly schema: SchemaConstant;
  readonly node: ts.Node;
}

/** Most contracts do without, and need not be searched. */
export function usesSchemas(program: ts.Program): boolean {
  return program.getSourceFiles().some(({ fileName }) => TYPEBOX_FILE.test(fileName));
}

/**
 * The schemas in a declaration that have not been read as such.
 *
 * @param read - The nodes that have.
 */
export function unreadSchemas(
  declaration: ts.Node,
  read: ReadonlySet<ts.Node>,
  checker: ts.TypeChecker,
): readonly LostSchema[] {
  const found: LostSchema[] = [];
  const visit = (node: ts.Node): void => {
    if (read.has(node)) return;
    const schema = isReference(node) ? staticOf(node, checker) : undefined;
    if (schema === undefined) compiler.forEachChild(node, visit);
    else found.push({ schema, node });
  };
  visit(declaration);
  return found;
}

function isReference(node: ts.Node): node is ts.TypeReferenceNode | ts.ExpressionWithTypeArguments {
  return compiler.isTypeReferenceNode(node) || compiler.isExpressionWithTypeArguments(node);
}

/** Whether a schema asks for more than its type says. */
export function hasKeywords(shape: Shape): boolean {
  return someInside(shape, new Map(), isConstraint);
}

function isConstraint(shape: Shape): boolean {
  const isBounded = shape.kind === 'array' && shape.bounds !== undefined;
  return isBounded || ['text', 'range', 'int', 'uint', 'named'].includes(shape.kind);
}
