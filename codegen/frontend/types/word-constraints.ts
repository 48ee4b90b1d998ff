/**
 * Word constraints: what a `Snowflake`, a `Str<...>` or an `Arr<...>` does to the shape that it is made of.
 *
 * Pure; which words a type carries is read in `vocabulary.ts`, and tags in comments have a module of their own.
 */
import type { Shape, TextRules } from '../../model/model.js';
import { isPattern, isPossible } from './constraint-tags.js';
import type { Constraint } from './vocabulary.js';

/** A shape with a constraint added to it; nothing, if that cannot be kept. */
export function constrainByWord(shape: Shape, constraint: Constraint): Shape | undefined {
  if (constraint.kind === 'shape') return constraint.shape;
  if (constraint.kind === 'text' && shape.kind === 'string' && isSound(constraint.rules)) {
    return { kind: 'text', rules: constraint.rules };
  }
  if (constraint.kind === 'items' && shape.kind === 'array' && isSound(constraint.bounds)) {
    return { ...shape, bounds: constraint.bounds };
  }
  return undefined;
}

function isSound({ pattern, ...bounds }: TextRules): boolean {
  return isPossible(bounds) && (bounds.min ?? 0) >= 0 && (pattern === undefined || isPattern(pattern));
}
