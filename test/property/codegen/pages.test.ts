import fc from 'fast-check';
import { Value } from 'typebox/value';
import type { TSchema } from 'typebox';
import { describe, expect, it } from 'vitest';
import type { Shape } from '../../../codegen/model/model.js';
import { someInside, tableOf } from '../../../codegen/model/shapes.js';
import { explain } from '../../../src/schema/explain.js';
import { runs } from '../runs.js';
import { LEAVES, mutated, shapeInContext } from './arbitrary-shape.js';
import type { ShapeInContext } from './arbitrary-shape.js';
import { runSchemas } from './run-page.js';
import { contractWith } from './contract-with.js';
import { asJson, distinct, specOf, withFitting } from './sample-page.js';

function schemaOf(context: ShapeInContext): TSchema {
  const { events } = runSchemas(contractWith(context)) as { readonly events: { readonly it: TSchema } };
  return events.it;
}

/** What JSON makes of plain values, and of nothing else: `-0` is 0, `undefined` in an object is not there. */
function asArrived(value: unknown): unknown {
  if (value instanceof Set) return new Set([...value].map(asArrived));
  if (value instanceof Map)
    return new Map([...value].map(([key, item]) => [asArrived(key), asArrived(item)]));
  if (Array.isArray(value)) return value.map(asArrived);
  const isPlain =
    typeof value === 'object' && value !== null && !(value instanceof Date || value instanceof Uint8Array);
  if (!isPlain) return Object.is(value, -0) ? 0 : value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, asArrived(item)]));
}

/** TypeBox does not look into maps and sets, nor count from an array's end. */
const inTypeBox = shapeInContext.filter(({ shape, types }) => {
  const isBeyond = (part: Shape): boolean =>
    part.kind === 'set' || part.kind === 'map' || (part.kind === 'tuple' && part.tail.length > 0);
  return !someInside(shape, tableOf(types), isBeyond);
});

/** A page refuses a key `__proto__` where keys are data; TypeBox does not. */
function holdsProto(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(holdsProto);
}

function withNearly(context: fc.Arbitrary<ShapeInContext>) {
  return context.chain((one) =>
    fc.tuple(fc.constant(one), fc.array(mutated(one), { minLength: 12, maxLength: 40, size: 'max' })),
  );
}

const fit = withFitting(shapeInContext);
const nearly = withNearly(shapeInContext);

describe('a generated page', () => {
  it.each(LEAVES)('agrees with `explain` and TypeBox on $kind, in an object and in an array', (leaf) => {
    const members = [
      { key: 'a', optional: false, shape: leaf },
      { key: 'b', optional: true, shape: leaf },
    ];
    const shape = {
      kind: 'object',
      members: [...members, { key: 'c', optional: false, shape: { kind: 'array', item: leaf } }],
    } as const;
    const context: ShapeInContext = { shape, types: [] };
    const [spec, schema] = [specOf(context), schemaOf(context)];

    fc.assert(
      fc.property(mutated(context), (value) => {
        expect(explain(spec.shape, value).length === 0).toBe(spec.is(value));
        expect(Value.Check(schema, value)).toBe(spec.is(value));
      }),
      { numRuns: runs(500) },
    );
  });

  it('accepts what fits, and has nothing to explain then', () => {
    fc.assert(
      fc.property(fit, ([context, { noisy }]) => {
        const spec = specOf(context);

        expect(spec.is(noisy)).toBe(true);
        expect(explain(spec.shape, noisy)).toEqual([]);
      }),
      { numRuns: runs(80) },
    );
  });

  it('refuses exactly what can be explained', () => {
    fc.assert(
      fc.property(nearly, ([context, values]) => {
        const spec = specOf(context);

        for (const value of values) expect(explain(spec.shape, value).length === 0).toBe(spec.is(value));
      }),
      { numRuns: runs(80) },
    );
  });

  it('agrees with its TypeBox schema', () => {
    fc.assert(
      fc.property(withFitting(inTypeBox), withNearly(inTypeBox), ([context, { noisy }], [other, values]) => {
        expect(Value.Check(schemaOf(context), noisy)).toBe(true);

        const [spec, schema] = [specOf(other), schemaOf(other)];
        for (const value of values.filter((one) => !holdsProto(one))) {
          expect(Value.Check(schema, value)).toBe(spec.is(value));
        }
      }),
      { numRuns: runs(80) },
    );
  });

  it('delivers what the contract names, equal, and nothing else', () => {
    fc.assert(
      fc.property(withFitting(distinct), ([context, { value, noisy }]) => {
        const spec = specOf(context);

        const sent = asJson(spec.pack(noisy));
        const arrived = spec.unpack === undefined ? sent : spec.unpack(sent);

        expect(arrived).toEqual(asArrived(value));
        expect(spec.is(arrived)).toBe(true);
      }),
      { numRuns: runs(80) },
    );
  });
});
