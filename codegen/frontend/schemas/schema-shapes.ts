/**
 * Schema shapes: from a TypeBox schema, which is JSON Schema at heart, to the model.
 *
 * Whatever a keyword asks for has to be checked by a page, so a keyword that is not known here is refused, not
 * overlooked.
 */
import { FORMATS } from '../../model/formats.js';
import type { Bounds, KeyRule, Member, Shape, TextRules } from '../../model/model.js';
import { unionOf } from '../../model/shapes.js';
import { isPattern } from '../types/constraint-tags.js';
import { isReservedKey } from '../types/refusals.js';

export type SchemaShape =
  | { readonly ok: true; readonly shape: Shape }
  | { readonly ok: false; readonly code: 'SW2018' | 'SW2019'; readonly message: string };

/** A schema that cannot be turned into a shape; `path` says where in it. */
class SchemaProblem extends Error {
  readonly code: 'SW2018' | 'SW2019';

  constructor(code: 'SW2018' | 'SW2019', message: string) {
    super(message);
    this.code = code;
  }
}

type Schema = Readonly<Record<string, unknown>>;

/** The named types that schemas bring along: those that refer to each other by name. */
export interface SchemaTypes {
  /** The names of what was defined so far, for each schema's definitions. */
  readonly known: Map<object, Map<string, string>>;
  /** Makes room for a type. Returns the name that it gets. */
  open(wish: string): string;
  /** Says what the type is. */
  close(name: string, shape: Shape): void;
}

/** Where in a schema. */
interface At {
  readonly path: string;
  readonly types: SchemaTypes;
  /** What references may refer to. */
  readonly definitions: Schema;
  /** The definitions that this is the whole of, or a member of a union in. */
  readonly whole: readonly string[];
}

/** @param schema - What a contract file exports under the name. */
export function shapeOfSchema(schema: unknown, types: SchemaTypes): SchemaShape {
  try {
    return { ok: true, shape: shapeAt(schema, { path: 'the schema', types, definitions: {}, whole: [] }) };
  } catch (error) {
    if (error instanceof SchemaProblem) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
}

const NOTES = new Set([
  '$id',
  '$schema',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
]);

function shapeAt(value: unknown, at: At): Shape {
  if (typeof value !== 'object' || value === null) throw beyond(`${at.path} is no schema`);
  const schema = value as Schema;
  if ('~refine' in schema || '~codec' in schema) {
    throw new SchemaProblem('SW2018', `${at.path} holds a function, which a page cannot`);
  }
  if (typeof schema['$ref'] === 'string') return referenceAt(schema, schema['$ref'], at);
  if (Array.isArray(schema['anyOf'])) return only(schema, ['anyOf'], at, unionAt(schema['anyOf'], at));
  if (Array.isArray(schema['allOf'])) return only(schema, ['allOf'], at, mergeAt(schema['allOf'], at));
  if (Array.isArray(schema['enum']))
    return only(schema, ['enum', 'type'], at, unionOf(schema['enum'].map(literalAt)));
  if ('const' in schema) return only(schema, ['const', 'type'], at, literalAt(schema['const']));
  return typedAt(schema, at);
}

/** `Type.Cyclic` is a reference that brings its definitions along. */
function referenceAt(schema: Schema, name: string, at: At): Shape {
  const own = schema['$defs'];
  const isCyclic = typeof own === 'object' && own !== null;
  const from = isCyclic ? { ...at, definitions: own as Schema, whole: [] } : at;
  return only(schema, ['$defs', '$ref'], at, definedAt(name, from));
}

function definedAt(name: string, at: At): Shape {
  const { types, definitions } = at;
  if (at.whole.includes(name)) throw beyond(`${at.path} is \`${name}\`, which is only itself`);
  if (!Object.hasOwn(definitions, name))
    throw beyond(`${at.path} is \`${name}\`, which is not defined there`);
  const names = types.known.get(definitions) ?? new Map<string, string>();
  types.known.set(definitions, names);
  const known = names.get(name);
  if (known !== undefined) return { kind: 'named', name: known };

  const own = types.open(name.replaceAll(/[^A-Za-z\d_]/g, '').replace(/^\d*/, '') || 'Defined');
  names.set(name, own);
  types.close(own, shapeAt(definitions[name], { ...at, path: name, whole: [...at.whole, name] }));
  return { kind: 'named', name: own };
}

/** Further in, where a definition may mention itself. */
function inside(at: At, step: string): At {
  return { ...at, path: at.path + step, whole: [] };
}

function typedAt(schema: Schema, at: At): Shape {
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
      return only(schema, ['type'], at, { kind: 'absent' });
    case 'function':
    case 'constructor':
    case 'promise':
    case 'symbol':
      throw new SchemaProblem('SW2018', `${at.path} is a ${schema['type']}, which cannot cross a process`);
    case undefined:
      return only(schema, [], at, { kind: 'anything' });
    default:
      throw beyond(`${at.path} is of the type ${JSON.stringify(schema['type'])}`);
  }
}

function beyond(message: string): SchemaProblem {
  return new SchemaProblem('SW2019', message);
}

/** The shape, if the schema says nothing besides. */
function only(schema: Schema, known: readonly string[], at: At, shape: Shape): Shape {
  const unknown = Object.keys(schema).find((key) => !known.includes(key) && !NOTES.has(key));
  if (unknown !== undefined) throw beyond(`${at.path} says \`${unknown}\``);
  return shape;
}

function literalAt(value: unknown): Shape {
  if (value === null) return { kind: 'null' };
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw beyond(`a constant is ${typeof value}`);
  }
  return { kind: 'literal', value };
}

function unionAt(members: readonly unknown[], at: At): Shape {
  return unionOf(members.map((member) => shapeAt(member, at)));
}

function mergeAt(parts: readonly unknown[], at: At): Shape {
  const shapes = parts.map((part) => shapeAt(part, at));
  const members = shapes.flatMap((shape) => {
    if (shape.kind !== 'object') throw beyond(`${at.path} joins what is no plain object`);
    return shape.members;
  });
  const keys = new Set(members.map(({ key }) => key));
  if (keys.size < members.length) throw beyond(`${at.path} joins objects with a key in common`);
  return { kind: 'object', members };
}

function boundsAt(schema: Schema, min: string, max: string): Bounds {
  const [least, most] = [schema[min], schema[max]];
  return {
    ...(typeof least === 'number' ? { min: least } : {}),
    ...(typeof most === 'number' ? { max: most } : {}),
  };
}

function textAt(schema: Schema, at: At): Shape {
  const { pattern, format } = schema;
  const bounds = boundsAt(schema, 'minLength', 'maxLength');
  if (pattern === undefined && format === undefined) {
    return Object.keys(bounds).length === 0 ? { kind: 'string' } : { kind: 'text', rules: bounds };
  }
  const source = typeof pattern === 'string' ? pattern : FORMATS.get(String(format));
  if (source === undefined || !isPattern(source) || (pattern !== undefined && format !== undefined)) {
    throw beyond(`${at.path} has a pattern or a format that is not known`);
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

function arrayAt(schema: Schema, at: At): Shape {
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

function objectAt(schema: Schema, at: At): Shape {
  const known = ['type', 'properties', 'required', 'patternProperties', 'additionalProperties'];
  const { properties = {}, patternProperties = {}, additionalProperties } = schema;
  const members = Object.entries(properties as Schema).map(([key, value]): Member => {
    if (isReservedKey(key)) throw beyond(`${at.path}.${key} is what objects have by themselves`);
    const inner = shapeAt(value, inside(at, `.${key}`));
    return {
      key,
      optional: typeof value === 'object' && value !== null && '~optional' in value,
      shape: inner,
    };
  });
  const rules = Object.entries(patternProperties as Schema).map(([pattern, value]): KeyRule => {
    const shape = shapeAt(value, inside(at, '[]'));
    // TypeBox' way to say any key.
    return pattern === '^.*$' ? { keys: 'string', value: shape } : { keys: pattern, pattern, value: shape };
  });
  if (typeof additionalProperties === 'object') {
    rules.push({ keys: 'string', value: shapeAt(additionalProperties, inside(at, '[]')) });
  } else if (additionalProperties === false) {
    throw beyond(`${at.path} forbids other properties, which a contract drops instead`);
  }
  const shape: Shape = rules.length === 0 ? { kind: 'object', members } : { kind: 'record', members, rules };
  return only(schema, known, at, shape);
}
