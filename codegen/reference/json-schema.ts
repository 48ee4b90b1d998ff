/**
 * JSON Schemas: what values of a shape look like on the wire (draft 7, as AsyncAPI requires).
 *
 * These are not the TypeBox schemas of `emit/schemas/`, which describe values in memory: a `Date` is a number on the wire.
 * Additional members are allowed everywhere, since receivers ignore them.
 */
import type { Bounds, Member, RecordShape, Shape, TextRules, TupleShape } from '../model/model.js';
import { isOptional, withoutUndefined } from '../model/shapes.js';
import type { TypeTable } from '../model/shapes.js';

export type JsonSchema = { readonly [key: string]: unknown };

export interface SchemaContext {
  readonly types: TypeTable;
  /** Returns the reference to the schema of a named type: `#/components/schemas/guilds.GuildData`. */
  readonly refTo: (name: string) => string;
}

const MAX = Number.MAX_SAFE_INTEGER;
const ANYTHING: JsonSchema = {};

export function jsonSchema(shape: Shape, context: SchemaContext): JsonSchema {
  const inner = (part: Shape): JsonSchema => jsonSchema(part, context);
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return { type: shape.kind };
    case 'int':
    case 'uint':
      return numberSchema(shape.kind, {});
    case 'range':
      return numberSchema(shape.of, shape.bounds);
    case 'snowflake':
      return { type: 'string', pattern: '^[1-9]\\d{16,19}$', description: 'A Discord id.' };
    case 'text':
      return textSchema(shape.rules);
    case 'literal':
      return { const: shape.value };
    case 'bigint':
      return { type: 'string', pattern: '^-?(?:0|[1-9]\\d*)$', description: 'A bigint.' };
    case 'date':
      return { type: 'integer', description: 'A Date: milliseconds since 1970.' };
    case 'bytes':
      return { type: 'string', contentEncoding: 'base64' };
    case 'array':
      return { type: 'array', items: inner(shape.item), ...itemBounds(shape.bounds ?? {}) };
    case 'set':
      return { type: 'array', items: inner(shape.item), description: 'A Set.' };
    case 'map':
      return mapSchema(inner(shape.key), inner(shape.value));
    case 'tuple':
      return tupleSchema(shape, inner);
    case 'object':
      return objectSchema(shape.members, context);
    case 'record':
      return recordSchema(shape, context);
    case 'union':
      return unionSchema(shape.members, inner);
    case 'named':
      return { $ref: context.refTo(shape.name) };
    case 'undefined':
    case 'unknown':
      return ANYTHING;
  }
}

const LIMITS = {
  number: {},
  int: { min: -MAX, max: MAX },
  uint: { min: 0, max: MAX },
} as const satisfies Readonly<Record<string, Bounds>>;

function numberSchema(of: 'number' | 'int' | 'uint', bounds: Bounds): JsonSchema {
  const { min, max } = { ...LIMITS[of], ...bounds };
  return {
    type: of === 'number' ? 'number' : 'integer',
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  };
}

function textSchema({ min, max, pattern, template, format }: TextRules): JsonSchema {
  const called = template ?? format;
  return {
    type: 'string',
    ...(min === undefined ? {} : { minLength: min }),
    ...(max === undefined ? {} : { maxLength: max }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(called === undefined ? {} : { description: called }),
  };
}

function itemBounds({ min = 0, max = Infinity }: Bounds): JsonSchema {
  return { ...(min === 0 ? {} : { minItems: min }), ...(max === Infinity ? {} : { maxItems: max }) };
}

function mapSchema(key: JsonSchema, value: JsonSchema): JsonSchema {
  const entry = { type: 'array', items: [key, value], minItems: 2, maxItems: 2 };
  return { type: 'array', items: entry, description: 'A Map, as pairs of key and value.' };
}

/** JSON Schema cannot count from the end: items of the rest and of the tail may be in any order behind the first ones. */
function tupleSchema(
  { head, optional, rest, tail }: TupleShape,
  inner: (shape: Shape) => JsonSchema,
): JsonSchema {
  const min = head.length + tail.length;
  const behind = [...(rest === undefined ? [] : [rest]), ...tail].map(inner);
  const front = [...head, ...optional].map(inner);
  const max = rest === undefined ? min + optional.length : Infinity;
  const others = behind.length === 1 ? behind[0] : { anyOf: behind };
  const isOpen = behind.length > 0;
  if (front.length === 0) {
    return {
      type: 'array',
      ...(isOpen ? { items: others } : {}),
      ...itemBounds({ min, max }),
      ...empty(max),
    };
  }
  return {
    type: 'array',
    items: front,
    ...(isOpen ? { additionalItems: others } : {}),
    ...itemBounds({ min, max }),
  };
}

function empty(max: number): JsonSchema {
  return max === 0 ? { maxItems: 0 } : {};
}

function objectSchema(members: readonly Member[], context: SchemaContext): JsonSchema {
  const properties = members.map(
    ({ key, shape }) => [key, jsonSchema(withoutUndefined(shape), context)] as const,
  );
  const required = members.filter((member) => !isOptional(member, context.types)).map(({ key }) => key);
  return {
    type: 'object',
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(required.length === 0 ? {} : { required }),
  };
}

/**
 * Contracts apply the first matching rule, JSON Schema all matching patterns. A rule for all keys after rules with
 * patterns means the same in both: `additionalProperties` concerns only keys that no pattern matches.
 */
function recordSchema({ members, rules }: RecordShape, context: SchemaContext): JsonSchema {
  const open = rules.find(({ pattern }) => pattern === undefined);
  const patterned = rules.flatMap(({ pattern, value }) =>
    pattern === undefined ? [] : [[exceptFor(pattern, members), jsonSchema(value, context)] as const],
  );
  return {
    ...objectSchema(members, context),
    ...(patterned.length === 0 ? {} : { patternProperties: Object.fromEntries(patterned) }),
    ...(open === undefined ? {} : { additionalProperties: jsonSchema(open.value, context) }),
  };
}

/** Returns a pattern that excludes the named members, to which no rule applies. */
function exceptFor(pattern: string, members: readonly Member[]): string {
  const named = members.map(({ key }) => key).filter((key) => new RegExp(pattern, 'u').test(key));
  if (named.length === 0) return pattern;
  const keys = named.map((key) => key.replaceAll(/[$()*+./?[\\\]^{|}]/g, '\\$&'));
  return `^(?!(?:${keys.join('|')})$)(?=[\\s\\S]*?(?:${pattern}))`;
}

function unionSchema(members: readonly Shape[], inner: (shape: Shape) => JsonSchema): JsonSchema {
  const present = members.filter(({ kind }) => kind !== 'undefined');
  const literals = present.flatMap((one) => (one.kind === 'literal' ? [one.value] : []));
  const others = present.filter(({ kind }) => kind !== 'literal').map(inner);
  const all = literals.length === 0 ? others : [{ enum: literals }, ...others];
  const [only] = all;
  return all.length === 1 && only !== undefined ? only : { anyOf: all };
}
