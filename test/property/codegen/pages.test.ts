import fc from 'fast-check';
import { Value } from 'typebox/value';
import type { TSchema } from 'typebox';
import { describe, expect, it } from 'vitest';
import type { ContractModel } from '../../../codegen/model.js';
import { explain } from '../../../src/contract/explain.js';
import type { ValueSpec } from '../../../src/contract/runtime.js';
import { LEAVES, fitting, mutated, shapeInContext } from './arbitrary-shape.js';
import type { ShapeInContext } from './arbitrary-shape.js';
import { runPage, runSchemas } from './run-page.js';

function contractWith({ shape, types }: ShapeInContext): ContractModel {
  return {
    name: 'sample',
    file: 'sample',
    source: 'contracts/sample.ts',
    handlersType: undefined,
    eventsType: 'Samples',
    errorsType: undefined,
    handlers: [],
    events: [{ name: 'it', doc: '', data: shape, options: {} }],
    errors: [],
    types,
  };
}

function specOf(context: ShapeInContext): ValueSpec {
  const event = runPage(contractWith(context)).events['it'];
  if (event === undefined) throw new Error('the page has lost its event');
  return event.data;
}

function schemaOf(context: ShapeInContext): TSchema {
  const { events } = runSchemas(contractWith(context)) as { readonly events: { readonly it: TSchema } };
  return events.it;
}

const fit = shapeInContext.chain((context) => fc.tuple(fc.constant(context), fitting(context)));
const nearly = shapeInContext.chain((context) =>
  fc.tuple(fc.constant(context), fc.array(mutated(context), { minLength: 12, maxLength: 40, size: 'max' })),
);

function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

describe('a generated page', { timeout: 30_000 }, () => {
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
      { numRuns: 500 },
    );
  });

  it('accepts what fits, and has nothing to explain then', () => {
    fc.assert(
      fc.property(fit, ([context, { noisy }]) => {
        const spec = specOf(context);

        expect(spec.is(noisy)).toBe(true);
        expect(explain(spec.shape, noisy)).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it('refuses exactly what can be explained', () => {
    fc.assert(
      fc.property(nearly, ([context, values]) => {
        const spec = specOf(context);

        for (const value of values) expect(explain(spec.shape, value).length === 0).toBe(spec.is(value));
      }),
      { numRuns: 80 },
    );
  });

  it('agrees with its TypeBox schema', () => {
    fc.assert(
      fc.property(fit, nearly, ([context, { noisy }], [other, values]) => {
        expect(Value.Check(schemaOf(context), noisy)).toBe(true);

        const [spec, schema] = [specOf(other), schemaOf(other)];
        for (const value of values) expect(Value.Check(schema, value)).toBe(spec.is(value));
      }),
      { numRuns: 80 },
    );
  });

  it('sends what the contract names, and nothing else', () => {
    fc.assert(
      fc.property(fit, ([context, { value, noisy }]) => {
        const spec = specOf(context);

        const packed = spec.pack(noisy);

        expect(asJson(packed)).toEqual(asJson(value));
        expect(spec.is(asJson(packed))).toBe(true);
      }),
      { numRuns: 80 },
    );
  });
});
