/**
 * Tuple places: which of a tuple's elements stand in front, may be missing, repeat, or stand at the end.
 *
 * Pure: from elements with the checker's flags to the model's tuple.
 */
import type { ts } from 'ts-morph';
import type { Shape } from '../../model/model.js';
import { compiler } from '../program/compiler.js';

export interface TupleElement {
  readonly flags: ts.ElementFlags;
  readonly shape: Shape;
}

export function tupleOf(elements: readonly TupleElement[]): Shape {
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
