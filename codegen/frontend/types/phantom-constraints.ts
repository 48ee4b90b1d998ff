/**
 * Phantom constraints: applies `Snowflake`, `Str<...>`, `Arr<...>` and the like to a shape.
 *
 * Pure. `vocabulary.ts` reads the constraints of a type; `constraint-tags.ts` handles tags in comments.
 */
import type { Shape, TextRules } from '../../model/model.js';
import { isPattern, isPossible } from './constraint-tags.js';
import type { Constraint } from './vocabulary.js';

/** Adds a constraint to a shape; returns `undefined` if the constraint does not fit. */
export function constrainByPhantom(shape: Shape, constraint: Constraint): Shape | undefined {
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
