/**
 * Predicates: which shapes need an encoder, which a decoder, and which allow `null` or `undefined`.
 */
import type { Shape } from '../model/model.js';
import { isRich, someInside, unionOf } from '../model/shapes.js';
import type { TypeTable } from '../model/shapes.js';

/** Whether values of a shape may hold members that the contract does not name, or values that JSON cannot express. */
export function needsPack(shape: Shape, types: TypeTable): boolean {
  return someInside(shape, types, isLooseOrRich);
}

function isLooseOrRich(shape: Shape): boolean {
  const isLoose = shape.kind === 'record' && shape.rules.every(({ pattern }) => pattern !== undefined);
  return shape.kind === 'object' || isLoose || isRich(shape);
}

/** Whether values of a shape look different on the wire, so that the receiver has to decode them. */
export function needsUnpack(shape: Shape, types: TypeTable): boolean {
  return someInside(shape, types, isRich);
}

/** The `null` and the `undefined` of a union. */
export function emptyMembers(shape: Shape): readonly Shape[] {
  return shape.kind === 'union' ? shape.members.filter(isEmpty) : [];
}

/** Returns a union without its `null` and `undefined`; the same object if the union has neither. */
export function withoutEmpty(shape: Shape): Shape {
  if (shape.kind !== 'union' || !shape.members.some(isEmpty)) return shape;
  const rest = shape.members.filter((member) => !isEmpty(member));
  return rest.length === 0 ? shape : unionOf(rest);
}

function isEmpty({ kind }: Shape): boolean {
  return kind === 'null' || kind === 'undefined';
}
