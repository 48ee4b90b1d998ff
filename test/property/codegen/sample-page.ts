/**
 * A page with one event, for the properties that pages have whatever its data is.
 */
import fc from 'fast-check';
import type { EventSpec, ValueSpec } from '../../../src/contract/runtime.js';
import { fitting, shapeInContext } from './arbitrary-shape.js';
import type { FittingValue, ShapeInContext } from './arbitrary-shape.js';
import { contractWith, isDistinct } from './contract-with.js';
import { eventOn } from './run-page.js';

export function eventOf(context: ShapeInContext): EventSpec {
  return eventOn(contractWith(context));
}

export function specOf(context: ShapeInContext): ValueSpec {
  return eventOf(context).data;
}

/** Shapes that the front end lets through: what stands in a union can be told apart on the wire. */
export const distinct = shapeInContext.filter(isDistinct);

export function withFitting(
  context: fc.Arbitrary<ShapeInContext>,
): fc.Arbitrary<[ShapeInContext, FittingValue]> {
  return context.chain((one) => fc.tuple(fc.constant(one), fitting(one)));
}

/** What a receiver parses. */
export function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
