import fc from 'fast-check';
import { Check } from 'typebox/schema';
import { expect, it } from 'vitest';
import { jsonSchema } from '../../../codegen/reference/json-schema.js';
import { tableOf } from '../../../codegen/model/shapes.js';
import { runs } from '../runs.js';
import { LEAVES, fitting, mutated, shapeInContext } from './arbitrary-shape.js';
import type { ShapeInContext } from './arbitrary-shape.js';
import { contractWith, isDistinct } from './contract-with.js';
import { runPage } from './run-page.js';

/** The schema of a shape, with those of its types. */
function schemaOf({ shape, types }: ShapeInContext): object {
  const context = { types: tableOf(types), refTo: (name: string) => `#/definitions/${name}` };
  const definitions = types.map((type) => [type.name, jsonSchema(type.shape, context)]);
  return { allOf: [jsonSchema(shape, context)], definitions: Object.fromEntries(definitions) as object };
}

function sentBy(context: ShapeInContext, value: unknown): unknown {
  const { pack } = runPage(contractWith(context)).events['it']!.data;
  return (JSON.parse(JSON.stringify({ it: pack(value) })) as { readonly it?: unknown }).it;
}

it('a JSON Schema accepts what a page sends', () => {
  const withValue = shapeInContext
    .filter(isDistinct)
    .chain((context) => fc.tuple(fc.constant(context), fitting(context)));
  fc.assert(
    fc.property(withValue, ([context, { value }]) => {
      const sent = sentBy(context, value);

      expect(Check(schemaOf(context), sent)).toBe(true);
    }),
    { numRuns: runs(60) },
  );
});

/** What travels as itself, so that a value is wrong on the wire if it is wrong in code. */
const PLAIN = LEAVES.filter(
  ({ kind }) => !['bigint', 'date', 'bytes', 'unknown', 'snowflake'].includes(kind),
);

it.each(PLAIN)('a JSON Schema refuses what the check refuses: %j', (shape) => {
  const context = { shape, types: [] };
  const { is } = runPage(contractWith(context)).events['it']!.data;
  const inJson = mutated(context).filter(
    (value) => value !== undefined && !Object.is(value, Number.NaN) && value !== Infinity,
  );

  fc.assert(
    fc.property(inJson, (value) => {
      expect(Check(schemaOf(context), value)).toBe(is(value));
    }),
    { numRuns: runs(100) },
  );
});
