/**
 * Families: groups of kinds whose shapes can be compared with each other.
 */
import type { RecordShape, Shape } from '../model/model.js';
import type { ObjectShape } from '../model/shapes.js';
import type { Change } from './difference.js';
import { domainOf, isTextual } from './scalars.js';
import type { ListShape } from './lists.js';

export type Fields = ObjectShape | RecordShape;

/** Returns the family of a shape. Shapes of different families have no values in common. */
export function familyOf(shape: Shape): Change | Shape['kind'] | 'list' | 'fields' {
  if (domainOf(shape) !== undefined) return 'number';
  if (isTextual(shape)) return 'text';
  if (isList(shape)) return 'list';
  if (isFields(shape)) return 'fields';
  return shape.kind === 'literal' ? 'boolean' : shape.kind;
}

export function isList(shape: Shape): shape is ListShape {
  return shape.kind === 'array' || shape.kind === 'tuple';
}

export function isFields(shape: Shape): shape is Fields {
  return shape.kind === 'object' || shape.kind === 'record';
}
