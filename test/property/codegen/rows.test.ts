import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Member, Shape } from '../../../codegen/model/model.js';
import { explain } from '../../../src/schema/explain.js';
import { identity } from '../../../src/contract/runtime.js';
import type { ValueSpec } from '../../../src/contract/runtime.js';
import { runs } from '../runs.js';
import type { ShapeInContext } from './arbitrary-shape.js';
import { asJson, distinct, eventOf, specOf, withFitting } from './sample-page.js';

/** Everything that a shape can be inside of, if it is to lie in rows. */
const inRows = distinct.map(({ shape, types }): ShapeInContext => {
  const object = (...members: readonly Member[]): Shape => ({ kind: 'object', members });
  const member = (key: string, inner: Shape, optional = false): Member => ({ key, optional, shape: inner });
  const inner = object(member('z', shape), member('y', shape, true), member('x', { kind: 'uint' }));
  const maybe: Shape = { kind: 'union', members: [inner, { kind: 'null' }] };
  return {
    types,
    shape: object(
      member('value', shape),
      member('row', inner),
      member('at', maybe, true),
      member('all', { kind: 'array', item: inner }, true),
      member('each', { kind: 'array', item: maybe }),
      member('pair', { kind: 'tuple', head: [inner, shape], optional: [], tail: [] }),
    ),
  };
});

const fit = withFitting(inRows);

function rowsOf({ toRow, fromRow }: ValueSpec) {
  if (toRow === undefined || fromRow === undefined) throw new Error('the page has no rows');
  return { toRow, fromRow };
}

/** The same type, written in another way. */
function rewritten(shape: Shape, { types }: ShapeInContext): Shape {
  const other = (one: Shape): Shape => rewritten(one, { shape: one, types });
  const turned = (members: readonly Member[]): readonly Member[] =>
    members.toReversed().map((member) => ({ ...member, shape: other(member.shape) }));
  switch (shape.kind) {
    case 'named':
      return shape.name === 'First'
        ? other(types.find(({ name }) => name === 'First')?.shape ?? shape)
        : shape;
    case 'object':
      return { ...shape, members: turned(shape.members) };
    case 'record':
      return {
        ...shape,
        members: turned(shape.members),
        rules: shape.rules.map((rule) => ({ ...rule, value: other(rule.value) })),
      };
    case 'array':
    case 'set':
      return { ...shape, item: other(shape.item) };
    case 'map':
      return { ...shape, key: other(shape.key), value: other(shape.value) };
    case 'union':
      return { ...shape, members: shape.members.map(other) };
    case 'tuple': {
      const { head, optional, rest, tail } = shape;
      return {
        ...shape,
        head: head.map(other),
        optional: optional.map(other),
        ...(rest && { rest: other(rest) }),
        tail: tail.map(other),
      };
    }
    default:
      return shape;
  }
}

const json = fc.jsonValue({ maxDepth: 4 });

/** What is nearly a row: something else in a place of it, or more or less of it. */
function damaged(row: unknown): fc.Arbitrary<unknown> {
  if (!Array.isArray(row)) return json;
  const items: readonly unknown[] = row;
  return fc.oneof(
    json,
    fc.constantFrom(items.slice(1), [...items, null], [...items, ...items]),
    fc.nat(Math.max(0, items.length - 1)).chain((i) => {
      return damaged(items[i]).map((other) => items.map((item, k) => (k === i ? other : item)));
    }),
  );
}

describe('a row', () => {
  it('brings what the same value brings by name', () => {
    fc.assert(
      fc.property(fit, ([context, { noisy }]) => {
        const spec = specOf(context);
        const { toRow, fromRow } = rowsOf(spec);
        const { is, pack, unpack = identity } = spec;

        const arrived = fromRow(asJson(toRow(noisy)));

        expect(arrived).toStrictEqual(unpack(asJson(pack(noisy))));
        expect(is(arrived)).toBe(true);
      }),
      { numRuns: runs(40) },
    );
  });

  it('is the same wherever the fingerprint is', () => {
    fc.assert(
      fc.property(fit, ([context, { noisy }]) => {
        const other = { ...context, shape: rewritten(context.shape, context) };
        const [here, there] = [eventOf(context), eventOf(other)];

        expect(there.fingerprint).toBe(here.fingerprint);
        expect(asJson(rowsOf(there.data).toRow(noisy))).toStrictEqual(asJson(rowsOf(here.data).toRow(noisy)));
      }),
      { numRuns: runs(20) },
    );
  });

  it('that is none is refused by the reader or by the check, and changes nothing else', () => {
    const wrong = fit.chain(([context, { noisy }]) => {
      const row = asJson(rowsOf(specOf(context)).toRow(noisy));
      return fc.tuple(fc.constant(context), fc.array(damaged(row), { minLength: 10, maxLength: 20 }));
    });
    fc.assert(
      fc.property(wrong, ([context, rows]) => {
        const spec = specOf(context);
        for (const row of rows) {
          const read = reading(spec, row);

          if ('error' in read) expect(read.error).toBeInstanceOf(TypeError);
          else expect(explain(spec.shape, read.value).length === 0).toBe(spec.is(read.value));
        }
        expect(Reflect.ownKeys(Object.prototype)).toEqual(OWN_KEYS);
      }),
      { numRuns: runs(20) },
    );
  });
});

const OWN_KEYS = Reflect.ownKeys(Object.prototype);

function reading(spec: ValueSpec, row: unknown): { readonly value: unknown } | { readonly error: unknown } {
  try {
    return { value: rowsOf(spec).fromRow(asJson(row)) };
  } catch (error) {
    return { error };
  }
}
