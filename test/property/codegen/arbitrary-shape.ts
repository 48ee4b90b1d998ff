/**
 * Arbitrary shapes, and values that fit them or nearly do.
 */
import fc from 'fast-check';
import type {
  Bounds,
  KeyRule,
  Member,
  NamedType,
  RecordShape,
  Shape,
  TextRules,
  TupleShape,
} from '../../../codegen/model/model.js';
import { tableOf, unionOf } from '../../../codegen/model/shapes.js';
import type { TypeTable } from '../../../codegen/model/shapes.js';

/** Names that hide something, need quotes, or are no names at all. */
const KEYS = [
  'a',
  'b',
  'kind',
  'user-id',
  'class',
  'value',
  'depth',
  'isObject',
  'item',
  '',
  "it's",
  '1',
  'ключ',
  '\u2028',
];

/** Never the name of a member. */
const UNNAMED = '§';

/** One shape of each kind that holds no others. */
export const LEAVES: readonly Shape[] = [
  { kind: 'string' },
  { kind: 'number' },
  { kind: 'int' },
  { kind: 'uint' },
  { kind: 'snowflake' },
  { kind: 'boolean' },
  { kind: 'null' },
  { kind: 'unknown' },
  { kind: 'literal', value: 'x' },
  { kind: 'literal', value: 1 },
  { kind: 'text', rules: { min: 1, max: 3 } },
  { kind: 'text', rules: { pattern: '^id-\\d+$', template: '`id-${number}`' } },
  { kind: 'range', of: 'number', bounds: { min: 0.5, max: 10 } },
  { kind: 'range', of: 'int', bounds: { min: -3 } },
  { kind: 'range', of: 'uint', bounds: { max: 5 } },
  { kind: 'bigint' },
  { kind: 'date' },
  { kind: 'bytes', as: 'Uint8Array' },
  { kind: 'bytes', as: 'Buffer' },
];

const literals = fc.constantFrom('x', 'y', "'\\", 0, 1, 1.5, true, false);

const leaf: fc.Arbitrary<Shape> = fc.oneof(
  fc.constantFrom(...LEAVES),
  literals.map((value): Shape => ({ kind: 'literal', value })),
);

/** Two members with a literal of their own each, so that generated code can switch on it. */
function tagged(object: fc.Arbitrary<Shape>): fc.Arbitrary<Shape> {
  return fc.tuple(object, object).map(([a, b]) => unionOf([withTag(a, 'first'), withTag(b, 'second')]));
}

function withTag(shape: Shape, tag: string): Shape {
  if (shape.kind !== 'object') return shape;
  const others = shape.members.filter(({ key }) => key !== 'kind');
  const kind: Member = { key: 'kind', optional: false, shape: { kind: 'literal', value: tag } };
  return { kind: 'object', members: [kind, ...others] };
}

/** @param names - The types that the shape may mention. */
function shapeWith(names: readonly string[]): fc.Arbitrary<Shape> {
  const named = fc.constantFrom(...names).map((name): Shape => ({ kind: 'named', name }));
  const { shape } = fc.letrec<{ shape: Shape; object: Shape }>((tie) => ({
    shape: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      named,
      tie('object'),
      tie('shape').map((item): Shape => ({ kind: 'array', item })),
      tie('shape').map((item): Shape => ({ kind: 'array', item, bounds: { min: 1, max: 2 } })),
      tie('shape').map((item): Shape => ({ kind: 'set', item })),
      fc.tuple(leaf, tie('shape')).map(([key, value]): Shape => ({ kind: 'map', key, value })),
      tuple(tie('shape')),
      record(tie('shape')),
      fc.array(tie('shape'), { minLength: 2, maxLength: 4 }).map(unionOf),
      tagged(tie('object')),
    ),
    object: fc
      .uniqueArray(memberOf(tie('shape')), { minLength: 1, maxLength: 4, selector: ({ key }) => key })
      .map((members): Shape => ({ kind: 'object', members })),
  }));
  return shape;
}

function tuple(shape: fc.Arbitrary<Shape>): fc.Arbitrary<Shape> {
  const some = fc.array(shape, { maxLength: 2 });
  const rest = fc.option(shape, { nil: undefined });
  return fc.tuple(some, some, rest, fc.boolean()).map(([head, other, item, isTail]): Shape => {
    const hasTail = isTail && item !== undefined;
    return {
      kind: 'tuple',
      head,
      optional: hasTail ? [] : other,
      ...(item === undefined ? {} : { rest: item }),
      tail: hasTail ? other : [],
    };
  });
}

function record(shape: fc.Arbitrary<Shape>): fc.Arbitrary<Shape> {
  const members = fc.uniqueArray(memberOf(shape), { maxLength: 2, selector: ({ key }) => key });
  const patterned = shape.map((value): KeyRule => ({ keys: '`id-${number}`', pattern: '^id-\\d+$', value }));
  const open = shape.map((value): KeyRule => ({ keys: 'string', value }));
  const rules = fc.oneof(fc.tuple(open), fc.tuple(patterned), fc.tuple(patterned, open));
  return fc
    .tuple(members, rules)
    .map(([named, keyed]): Shape => ({ kind: 'record', members: named, rules: keyed }));
}

function memberOf(shape: fc.Arbitrary<Shape>): fc.Arbitrary<Member> {
  return fc.record({ key: fc.constantFrom(...KEYS), optional: fc.boolean(), shape });
}

/** A type that contains itself in two ways. */
const TREE: NamedType = {
  name: 'Tree',
  doc: '',
  shape: {
    kind: 'object',
    members: [
      { key: 'label', optional: false, shape: { kind: 'string' } },
      { key: 'kids', optional: false, shape: { kind: 'array', item: { kind: 'named', name: 'Tree' } } },
      { key: 'next', optional: true, shape: { kind: 'named', name: 'Tree' } },
    ],
  },
};

export interface ShapeInContext {
  readonly shape: Shape;
  readonly types: readonly NamedType[];
}

/** A name of its own, as the checker gives them: what stands for `unknown` has none. */
const nameable = shapeWith(['Tree']).filter(({ kind }) => kind !== 'unknown');

export const shapeInContext: fc.Arbitrary<ShapeInContext> = nameable.chain((first) => {
  const types: readonly NamedType[] = [TREE, { name: 'First', doc: '', shape: first }];
  return shapeWith(['Tree', 'First']).map((shape) => ({ shape, types }));
});

/** A value that fits, and the same with members that nobody has named. */
export interface FittingValue {
  readonly value: unknown;
  readonly noisy: unknown;
}

export function fitting({ shape, types }: ShapeInContext): fc.Arbitrary<FittingValue> {
  return valueOf(shape, { types: tableOf(types), slips: false }, 3);
}

interface Walk {
  readonly types: TypeTable;
  /** Whether now and then something stands in a value that only nearly fits. */
  readonly slips: boolean;
}

/** The values next to those that fit. */
function nearMiss(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
      return fc.constantFrom(1, null, undefined);
    case 'number':
      return fc.constantFrom(Number.NaN, Infinity, '1', null);
    case 'int':
      return fc.constantFrom(0.5, 2 ** 53, -(2 ** 53), '1');
    case 'uint':
      return fc.constantFrom(-1, 0.5, 2 ** 53, Number.NaN);
    case 'snowflake':
      return fc.constantFrom(
        '1'.repeat(16),
        '1'.repeat(21),
        `0${'1'.repeat(17)}`,
        '18446744073709551616',
        '1e17',
        1,
      );
    case 'boolean':
      return fc.constantFrom('true', 0, null);
    case 'null':
      return fc.constantFrom(undefined, 0, 'null');
    case 'undefined':
      return fc.constantFrom(null, 0);
    case 'unknown':
      return fc.constantFrom(undefined, null, 0);
    case 'literal':
      return fc.constantFrom(String(shape.value), Number(shape.value), 'z', !shape.value, undefined);
    case 'text':
      return fc.constantFrom('', 'x', 'xyz', 'x'.repeat(9), 1, null);
    case 'range':
      return fc.constantFrom(-1, 0, 0.5, 4, 11, Number.NaN, '1');
    case 'bigint':
      return fc.constantFrom(1, '1', null);
    case 'date':
      return fc.constantFrom(new Date(Number.NaN), 0, '1970-01-01T00:00:00.000Z', {});
    case 'bytes':
      return fc.constantFrom('', [1], new Uint16Array(1), { 0: 1 });
    case 'set':
      return fc.constantFrom([], new Map(), new Set([undefined]), {});
    case 'map':
      return fc.constantFrom([], new Set(), new Map([[undefined, undefined]]), {});
    case 'tuple':
      return fc.constantFrom([], [1], [1, 2, 3, 4, 5, 6], [undefined, undefined], {});
    case 'record':
      return fc.constantFrom([], null, { other: Symbol.iterator }, JSON.parse('{ "__proto__": 1 }'));
    case 'array':
      return fc.constantFrom({ length: 0 }, null, [undefined], [[]]);
    case 'object':
      return fc.constantFrom({}, [], null, 'x', new Date(0), { kind: 'first' }, { kind: 'second' });
    case 'union':
      return fc.oneof(...shape.members.map(nearMiss));
    case 'named':
      return fc.constantFrom({}, [], null, undefined, { label: 'x', kids: null });
  }
}

function valueOf(shape: Shape, walk: Walk, depth: number): fc.Arbitrary<FittingValue> {
  const value = fittingOf(shape, walk, depth);
  return walk.slips
    ? fc.oneof({ weight: 7, arbitrary: value }, { weight: 1, arbitrary: plain(nearMiss(shape)) })
    : value;
}

function fittingOf(shape: Shape, walk: Walk, depth: number): fc.Arbitrary<FittingValue> {
  switch (shape.kind) {
    case 'string':
      return plain(fc.string());
    case 'number':
      return plain(fc.double({ noNaN: true, noDefaultInfinity: true }));
    case 'int':
      return plain(fc.maxSafeInteger());
    case 'uint':
      return plain(fc.maxSafeNat());
    case 'snowflake':
      return plain(fc.bigInt({ min: 10n ** 16n, max: 2n ** 64n - 1n }).map(String));
    case 'boolean':
      return plain(fc.boolean());
    case 'null':
      return plain(fc.constant(null));
    case 'undefined':
      return plain(fc.constant(undefined));
    case 'unknown':
      return plain(fc.jsonValue({ maxDepth: 1 }).filter((value) => value !== null));
    case 'literal':
      return plain(fc.constant(shape.value));
    case 'text':
      return plain(textOf(shape.rules));
    case 'range':
      return plain(fc.integer(rangeBounds(shape.bounds)));
    case 'bigint':
      return plain(fc.bigInt());
    case 'date':
      return plain(fc.date({ noInvalidDate: true }));
    case 'bytes':
      return plain(
        fc.uint8Array({ maxLength: 5 }).map((some) => (shape.as === 'Buffer' ? Buffer.from(some) : some)),
      );
    case 'set':
      return fc
        .array(valueOf(shape.item, walk, depth - 1), { maxLength: depth <= 0 ? 0 : 2 })
        .map((items) => ({
          value: new Set(items.map(({ value }) => value)),
          noisy: new Set(items.map(({ noisy }) => noisy)),
        }));
    case 'map':
      return mapOf(shape.key, shape.value, walk, depth);
    case 'tuple':
      return tupleOf(shape, walk, depth);
    case 'record':
      return recordOf(shape, walk, depth);
    case 'array':
      if (depth <= 0 && shape.bounds === undefined) return plain(fc.constant([]));
      return fc
        .array(valueOf(shape.item, walk, depth - 1), {
          minLength: shape.bounds?.min ?? 0,
          maxLength: shape.bounds?.max ?? 2,
        })
        .map(both);
    case 'union':
      return fc.oneof(...shape.members.map((member) => valueOf(member, walk, depth)));
    case 'named':
      return valueOf(walk.types.get(shape.name)?.shape ?? shape, walk, depth);
    case 'object':
      return objectOf(shape.members, walk, depth);
  }
}

function textOf({ min = 0, max = min + 3, pattern }: TextRules): fc.Arbitrary<string> {
  return pattern === undefined
    ? fc.string({ unit: fc.constantFrom('a', 'b', 'ß'), minLength: min, maxLength: max })
    : fc.constantFrom('id-1', 'id-22');
}

function rangeBounds({ min = 0, max = min + 10 }: Bounds): { min: number; max: number } {
  return { min: Math.ceil(min), max: Math.floor(max) };
}

function mapOf(key: Shape, item: Shape, walk: Walk, depth: number): fc.Arbitrary<FittingValue> {
  const entry = fc.tuple(valueOf(key, walk, depth - 1), valueOf(item, walk, depth - 1));
  return fc.array(entry, { maxLength: depth <= 0 ? 0 : 2 }).map((entries) => ({
    value: new Map(entries.map(([one, held]) => [one.value, held.value])),
    noisy: new Map(entries.map(([one, held]) => [one.noisy, held.noisy])),
  }));
}

function tupleOf(
  { head, optional, rest, tail }: TupleShape,
  walk: Walk,
  depth: number,
): fc.Arbitrary<FittingValue> {
  const some = (shapes: readonly Shape[]): fc.Arbitrary<FittingValue[]> =>
    fc.tuple(...shapes.map((shape) => valueOf(shape, walk, depth - 1)));
  const middle =
    rest === undefined
      ? fc.constant([])
      : fc.array(valueOf(rest, walk, depth - 1), { maxLength: depth <= 0 ? 0 : 2 });
  return fc
    .tuple(some(head), some(optional), middle, some(tail), fc.nat(optional.length))
    .map(([first, maybe, more, last, count]) => {
      const isCut = count < maybe.length;
      return both([...first, ...maybe.slice(0, count), ...(isCut ? [] : more), ...last]);
    });
}

function recordOf({ members, rules }: RecordShape, walk: Walk, depth: number): fc.Arbitrary<FittingValue> {
  const isNamed = (key: string): boolean => members.some((member) => member.key === key);
  const entries = rules.map(({ pattern, value }) => {
    const keys = pattern === undefined ? ['p', 'q', 'value', 'toString'] : ['id-1', 'id-2'];
    const key = fc.constantFrom(...keys).filter((one) => !isNamed(one));
    return fc.array(fc.tuple(key, valueOf(value, walk, depth - 1)), { maxLength: depth <= 0 ? 0 : 2 });
  });
  const isOpen = rules.some(({ pattern }) => pattern === undefined);
  return fc.tuple(objectOf(members, walk, depth), fc.tuple(...entries)).map(([named, some]) => {
    const values = some.flat().filter(([, one]) => one.value !== undefined);
    return {
      value: Object.assign(Object.fromEntries(values.map(([key, one]) => [key, one.value])), named.value),
      noisy: Object.fromEntries([
        ...Object.entries(named.noisy as object).filter(([key]) => !isOpen || key !== UNNAMED),
        ...values.map(([key, one]) => [key, one.noisy] as const),
      ]),
    };
  });
}

function plain(value: fc.Arbitrary<unknown>): fc.Arbitrary<FittingValue> {
  return value.map((one) => ({ value: one, noisy: one }));
}

function both(items: readonly FittingValue[]): FittingValue {
  return { value: items.map(({ value }) => value), noisy: items.map(({ noisy }) => noisy) };
}

function objectOf(members: readonly Member[], walk: Walk, depth: number): fc.Arbitrary<FittingValue> {
  const present = members.filter((member) => depth > 0 || !member.optional);
  const values = present.map((member) => {
    const value = valueOf(member.shape, walk, depth - 1);
    return member.optional ? fc.option(value, { nil: undefined }) : value;
  });
  return fc.tuple(...values).map((chosen) => {
    const pairs = present.flatMap(({ key }, i) =>
      chosen[i] === undefined ? [] : [[key, chosen[i]] as const],
    );
    return {
      value: Object.fromEntries(pairs.map(([key, { value }]) => [key, value])),
      noisy: Object.fromEntries([
        ...pairs.map(([key, { noisy }]) => [key, noisy]),
        [UNNAMED, { [UNNAMED]: 1 }],
      ]),
    };
  });
}

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    Number.NaN,
    Infinity,
    -1,
    0.5,
    2 ** 60,
    '',
    '0'.repeat(18),
    '9'.repeat(20),
    true,
    [],
    {},
  ),
  fc.constantFrom([null], [undefined], { kind: 'first' }, { kind: 'second' }, { a: 1 }, new Date(0), 'x', 1),
);

/** A value that fits, with something in it replaced or taken away. It may still fit. */
export function mutated(context: ShapeInContext): fc.Arbitrary<unknown> {
  const slipped = valueOf(context.shape, { types: tableOf(context.types), slips: true }, 3);
  const path = fc.array(fc.nat(), { minLength: 4, maxLength: 4 });
  return fc.oneof(
    slipped.map(({ noisy }) => noisy),
    fc.tuple(fitting(context), junk, path).map(([{ noisy }, other, steps]) => mutate(noisy, steps, other)),
  );
}

function mutate(value: unknown, [here = 0, ...deeper]: readonly number[], other: unknown): unknown {
  if (typeof value !== 'object' || value === null || here % 4 === 0) return other;
  if (Array.isArray(value)) {
    const at = here % Math.max(1, value.length);
    return value.map((item: unknown, i) => (i === at ? mutate(item, deeper, other) : item));
  }
  const entries = Object.entries(value);
  const at = here % Math.max(1, entries.length);
  if (here % 5 === 0) return Object.fromEntries(entries.filter((_, i) => i !== at));
  return Object.fromEntries(
    entries.map(([key, inner], i) => [key, i === at ? mutate(inner, deeper, other) : inner]),
  );
}
