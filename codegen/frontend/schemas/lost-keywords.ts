/**
 * Lost keywords: finds `Static<typeof Schema>` inside other types.
 *
 * By itself, `Static<typeof Schema>` is read as the schema. If an interface extends it or `Partial` changes it, the type
 * checker sees only the schema's static type, and keywords such as `minLength` would be dropped silently.
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

/** Most contracts do not use schemas, and need no search. */
export function usesSchemas(program: ts.Program): boolean {
  return program.getSourceFiles().some(({ fileName }) => TYPEBOX_FILE.test(fileName));
}

/**
 * Returns the schemas in a declaration that have not been read as schemas.
 *
 * @param read - The nodes that have been read as schemas.
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

/** Whether a schema has constraints that its static type does not express. */
export function hasKeywords(shape: Shape): boolean {
  return someInside(shape, new Map(), isConstraint);
}

function isConstraint(shape: Shape): boolean {
  const isBounded = shape.kind === 'array' && shape.bounds !== undefined;
  return isBounded || ['text', 'range', 'int', 'uint', 'named'].includes(shape.kind);
}
