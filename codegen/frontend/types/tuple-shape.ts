/**
 * Tuple shape: sorts a tuple's elements into head, optional elements, rest and tail.
 *
 * Pure: turns elements with the checker's flags into the model's tuple.
 */
import type { ts } from 'ts-morph';
import type { Shape } from '../../model/model.js';
import { compiler } from '../program/compiler.js';

export interface TupleElement {
  readonly flags: ts.ElementFlags;
  readonly shape: Shape;
}

export function tupleShape(elements: readonly TupleElement[]): Shape {
  const at = elements.findIndex(({ flags }) => flags & compiler.ElementFlags.Variable);
  const [rest] = shapesOf(elements, compiler.ElementFlags.Variable);
  const before = at === -1 ? elements : elements.slice(0, at);
  return {
    kind: 'tuple',
    head: shapesOf(before, compiler.ElementFlags.Required),
    optional: shapesOf(before, compiler.ElementFlags.Optional),
    ...(rest === undefined ? {} : { rest }),
    tail: at === -1 ? [] : shapesOf(elements.slice(at), compiler.ElementFlags.Required),
  };
}

function shapesOf(elements: readonly TupleElement[], flag: ts.ElementFlags): readonly Shape[] {
  return elements.filter(({ flags }) => flags & flag).map(({ shape }) => shape);
}
