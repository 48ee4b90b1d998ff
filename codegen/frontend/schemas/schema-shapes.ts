/**
 * Schema shapes: turns a TypeBox schema, which is an extended JSON Schema, into a shape of the model.
 *
 * Pages have to check every keyword of a schema, so an unknown keyword is an error and never ignored.
 */
import { FORMATS } from '../../model/formats.js';
import type { Bounds, KeyRule, Member, Shape, TextRules } from '../../model/model.js';
import { unionOf } from '../../model/shapes.js';
import { isPattern } from '../types/constraint-tags.js';
import { isReservedKey } from '../types/refusals.js';

export type SchemaShape =
  | { readonly ok: true; readonly shape: Shape }
  | { readonly ok: false; readonly code: 'SW2018' | 'SW2019'; readonly message: string };

/** Thrown for a schema that cannot be turned into a shape. The message starts with the path in the schema. */
class SchemaProblem extends Error {
  readonly code: 'SW2018' | 'SW2019';

  constructor(code: 'SW2018' | 'SW2019', message: string) {
    super(message);
    this.code = code;
  }
}

type Schema = Readonly<Record<string, unknown>>;

/** The named types that schemas define: those that refer to each other by name. */
export interface SchemaTypes {
  /** The names of the types defined so far, for the `$defs` object of each schema. */
  readonly namesByDefinitions: Map<object, Map<string, string>>;
  /** Reserves a name for a type, so that it may contain itself. Returns the name. */
  reserve(preferred: string): string;
  /** Defines the type behind a reserved name. */
  define(name: string, shape: Shape): void;
}

/** A position in a schema. */
interface SchemaPosition {
  readonly path: string;
  readonly types: SchemaTypes;
  /** The definitions that references may refer to. */
  readonly definitions: Schema;
  /** The definitions whose value this position is, directly or as a member of a union. */
  readonly aliases: readonly string[];
}

/** @param schema - The exported value of the contract file. */
export function shapeOfSchema(schema: unknown, types: SchemaTypes): SchemaShape {
  try {
    return { ok: true, shape: shapeAt(schema, { path: 'schema', types, definitions: {}, aliases: [] }) };
  } catch (error) {
    if (error instanceof SchemaProblem) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
}

const ANNOTATIONS = new Set([
  '$id',
  '$schema',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
]);

function shapeAt(value: unknown, at: SchemaPosition): Shape {
  if (typeof value !== 'object' || value === null) throw unsupported(`${at.path} is not a schema`);
  const schema = value as Schema;
  if ('~refine' in schema || '~codec' in schema) {
    throw new SchemaProblem('SW2018', `${at.path} contains a function, which cannot become part of a page`);
  }
  if (typeof schema['$ref'] === 'string') return referenceAt(schema, schema['$ref'], at);
  if (Array.isArray(schema['anyOf'])) return only(schema, ['anyOf'], at, unionAt(schema['anyOf'], at));
  if (Array.isArray(schema['allOf'])) return only(schema, ['allOf'], at, mergeAt(schema['allOf'], at));
  if (Array.isArray(schema['enum']))
    return only(schema, ['enum', 'type'], at, unionOf(schema['enum'].map(literalAt)));
  if ('const' in schema) return only(schema, ['const', 'type'], at, literalAt(schema['const']));
  return typedAt(schema, at);
}

/** `Type.Cyclic` produces a reference together with its definitions. */
function referenceAt(schema: Schema, name: string, at: SchemaPosition): Shape {
  const own = schema['$defs'];
  const isCyclic = typeof own === 'object' && own !== null;
  const from = isCyclic ? { ...at, definitions: own as Schema, whole: [] } : at;
  return only(schema, ['$defs', '$ref'], at, definedAt(name, from));
}

function definedAt(name: string, at: SchemaPosition): Shape {
  const { types, definitions } = at;
  if (at.aliases.includes(name)) throw unsupported(`${at.path} refers only to itself: \`${name}\``);
  if (!Object.hasOwn(definitions, name))
    throw unsupported(`${at.path} refers to \`${name}\`, which is not defined`);
  const names = types.namesByDefinitions.get(definitions) ?? new Map<string, string>();
  types.namesByDefinitions.set(definitions, names);
  const known = names.get(name);
  if (known !== undefined) return { kind: 'named', name: known };

  const own = types.reserve(name.replaceAll(/[^A-Za-z\d_]/g, '').replace(/^\d*/, '') || 'Defined');
  names.set(name, own);
  types.define(own, shapeAt(definitions[name], { ...at, path: name, aliases: [...at.aliases, name] }));
  return { kind: 'named', name: own };
}

/** Steps into a schema. There a definition may refer to itself. */
function inside(at: SchemaPosition, step: string): SchemaPosition {
  return { ...at, path: at.path + step, aliases: [] };
}

function typedAt(schema: Schema, at: SchemaPosition): Shape {
  switch (schema['type']) {
    case 'string':
      return only(schema, ['type', 'minLength', 'maxLength', 'pattern', 'format'], at, textAt(schema, at));
    case 'number':
    case 'integer':
      return only(schema, ['type', 'minimum', 'maximum'], at, numberAt(schema));
    case 'array':
      return arrayAt(schema, at);
    case 'object':
      return objectAt(schema, at);
    case 'boolean':
    case 'bigint':
    case 'null':
      return only(schema, ['type'], at, { kind: schema['type'] });
    case 'undefined':
    case 'void':
      return only(schema, ['type'], at, { kind: 'undefined' });
    case 'function':
    case 'constructor':
    case 'promise':
    case 'symbol':
      throw new SchemaProblem(
        'SW2018',
        `${at.path} is a ${schema['type']}, which cannot be sent to another process`,
      );
    case undefined:
      return only(schema, [], at, { kind: 'unknown' });
    default:
      throw unsupported(`${at.path} has the unsupported type ${JSON.stringify(schema['type'])}`);
  }
}

function unsupported(message: string): SchemaProblem {
  return new SchemaProblem('SW2019', message);
}

/** Returns the shape if the schema has no other keywords; annotations are ignored. */
function only(schema: Schema, known: readonly string[], at: SchemaPosition, shape: Shape): Shape {
  const unknown = Object.keys(schema).find((key) => !known.includes(key) && !ANNOTATIONS.has(key));
  if (unknown !== undefined) throw unsupported(`${at.path} has the unsupported keyword \`${unknown}\``);
  return shape;
}

function literalAt(value: unknown): Shape {
  if (value === null) return { kind: 'null' };
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw unsupported(`a constant has the unsupported type ${typeof value}`);
  }
  return { kind: 'literal', value };
}

function unionAt(members: readonly unknown[], at: SchemaPosition): Shape {
  return unionOf(members.map((member) => shapeAt(member, at)));
}

function mergeAt(parts: readonly unknown[], at: SchemaPosition): Shape {
  const shapes = parts.map((part) => shapeAt(part, at));
  const members = shapes.flatMap((shape) => {
    if (shape.kind !== 'object') throw unsupported(`${at.path} intersects types other than plain objects`);
    return shape.members;
  });
  const keys = new Set(members.map(({ key }) => key));
  if (keys.size < members.length) throw unsupported(`${at.path} intersects objects with a common key`);
  return { kind: 'object', members };
}

function boundsAt(schema: Schema, min: string, max: string): Bounds {
  const [least, most] = [schema[min], schema[max]];
  return {
    ...(typeof least === 'number' ? { min: least } : {}),
    ...(typeof most === 'number' ? { max: most } : {}),
  };
}

function textAt(schema: Schema, at: SchemaPosition): Shape {
  const { pattern, format } = schema;
  const bounds = boundsAt(schema, 'minLength', 'maxLength');
  if (pattern === undefined && format === undefined) {
    return Object.keys(bounds).length === 0 ? { kind: 'string' } : { kind: 'text', rules: bounds };
  }
  const source = typeof pattern === 'string' ? pattern : FORMATS.get(String(format));
  if (source === undefined || !isPattern(source) || (pattern !== undefined && format !== undefined)) {
    throw unsupported(`${at.path} has an unsupported pattern or format`);
  }
  const rules: TextRules = {
    ...bounds,
    pattern: source,
    ...(pattern === undefined ? { format: String(format) } : {}),
  };
  return { kind: 'text', rules };
}

function numberAt(schema: Schema): Shape {
  const of = schema['type'] === 'integer' ? 'int' : 'number';
  const bounds = boundsAt(schema, 'minimum', 'maximum');
  return Object.keys(bounds).length === 0 ? { kind: of } : { kind: 'range', of, bounds };
}

function arrayAt(schema: Schema, at: SchemaPosition): Shape {
  const { items } = schema;
  if (Array.isArray(items)) {
    const head = items.map((item, i) => shapeAt(item, inside(at, `[${i}]`)));
    return only(schema, ['type', 'items', 'additionalItems', 'minItems'], at, {
      kind: 'tuple',
      head,
      optional: [],
      tail: [],
    });
  }
  const item = shapeAt(items ?? {}, inside(at, '[]'));
  const bounds = boundsAt(schema, 'minItems', 'maxItems');
  const hasBounds = Object.keys(bounds).length > 0;
  return only(schema, ['type', 'items', 'minItems', 'maxItems'], at, {
    kind: 'array',
    item,
    ...(hasBounds ? { bounds } : {}),
  });
}

function objectAt(schema: Schema, at: SchemaPosition): Shape {
  const known = ['type', 'properties', 'required', 'patternProperties', 'additionalProperties'];
  const { properties = {}, patternProperties = {}, additionalProperties } = schema;
  const members = Object.entries(properties as Schema).map(([key, value]): Member => {
    if (isReservedKey(key)) throw unsupported(`${at.path}.${key} is a property of every object`);
    const inner = shapeAt(value, inside(at, `.${key}`));
    return {
      key,
      optional: typeof value === 'object' && value !== null && '~optional' in value,
      shape: inner,
    };
  });
  const rules = Object.entries(patternProperties as Schema).map(([pattern, value]): KeyRule => {
    const shape = shapeAt(value, inside(at, '[]'));
    // TypeBox writes this pattern for a record with any key.
    return pattern === '^.*$' ? { keys: 'string', value: shape } : { keys: pattern, pattern, value: shape };
  });
  if (typeof additionalProperties === 'object') {
    rules.push({ keys: 'string', value: shapeAt(additionalProperties, inside(at, '[]')) });
  } else if (additionalProperties === false) {
    throw unsupported(`${at.path} forbids additional properties, which a contract drops instead`);
  }
  const shape: Shape = rules.length === 0 ? { kind: 'object', members } : { kind: 'record', members, rules };
  return only(schema, known, at, shape);
}
