/**
 * Schema shapes: from a TypeBox schema, which is JSON Schema at heart, to the model.
 *
 * Whatever a keyword asks for has to be checked by a page, so a keyword that is not known here is refused, not
 * overlooked.
 */
import { FORMATS } from '../formats.js';
import type { Bounds, KeyRule, Member, Shape, TextRules } from '../model.js';
import { unionOf } from '../shapes.js';
import { isPattern } from './constraint-tags.js';
import { isReservedKey } from './refusals.js';

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

/** @param schema - What a contract file exports under the name. */
export function shapeOfSchema(schema: unknown): SchemaShape {
  try {
    return { ok: true, shape: shapeAt(schema, 'the schema') };
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

function shapeAt(value: unknown, path: string): Shape {
  if (typeof value !== 'object' || value === null) throw beyond(`${path} is no schema`);
  const schema = value as Schema;
  if ('~refine' in schema || '~codec' in schema) {
    throw new SchemaProblem('SW2018', `${path} holds a function, which a page cannot`);
  }
  if (Array.isArray(schema['anyOf'])) return only(schema, ['anyOf'], path, unionAt(schema['anyOf'], path));
  if (Array.isArray(schema['allOf'])) return only(schema, ['allOf'], path, mergeAt(schema['allOf'], path));
  if (Array.isArray(schema['enum']))
    return only(schema, ['enum', 'type'], path, unionOf(schema['enum'].map(literalAt)));
  if ('const' in schema) return only(schema, ['const', 'type'], path, literalAt(schema['const']));
  return typedAt(schema, path);
}

function typedAt(schema: Schema, path: string): Shape {
  switch (schema['type']) {
    case 'string':
      return only(
        schema,
        ['type', 'minLength', 'maxLength', 'pattern', 'format'],
        path,
        textAt(schema, path),
      );
    case 'number':
    case 'integer':
      return only(schema, ['type', 'minimum', 'maximum'], path, numberAt(schema));
    case 'array':
      return arrayAt(schema, path);
    case 'object':
      return objectAt(schema, path);
    case 'boolean':
    case 'bigint':
    case 'null':
      return only(schema, ['type'], path, { kind: schema['type'] });
    case 'undefined':
    case 'void':
      return only(schema, ['type'], path, { kind: 'absent' });
    case 'function':
    case 'constructor':
    case 'promise':
    case 'symbol':
      throw new SchemaProblem('SW2018', `${path} is a ${schema['type']}, which cannot cross a process`);
    case undefined:
      return only(schema, [], path, { kind: 'anything' });
    default:
      throw beyond(`${path} is of the type ${JSON.stringify(schema['type'])}`);
  }
}

function beyond(message: string): SchemaProblem {
  return new SchemaProblem('SW2019', message);
}

/** The shape, if the schema says nothing besides. */
function only(schema: Schema, known: readonly string[], path: string, shape: Shape): Shape {
  const unknown = Object.keys(schema).find((key) => !known.includes(key) && !NOTES.has(key));
  if (unknown !== undefined) throw beyond(`${path} says \`${unknown}\``);
  return shape;
}

function literalAt(value: unknown): Shape {
  if (value === null) return { kind: 'null' };
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw beyond(`a constant is ${typeof value}`);
  }
  return { kind: 'literal', value };
}

function unionAt(members: readonly unknown[], path: string): Shape {
  return unionOf(members.map((member) => shapeAt(member, path)));
}

function mergeAt(parts: readonly unknown[], path: string): Shape {
  const shapes = parts.map((part) => shapeAt(part, path));
  const members = shapes.flatMap((shape) => {
    if (shape.kind !== 'object') throw beyond(`${path} joins what is no plain object`);
    return shape.members;
  });
  const keys = new Set(members.map(({ key }) => key));
  if (keys.size < members.length) throw beyond(`${path} joins objects with a key in common`);
  return { kind: 'object', members };
}

function boundsAt(schema: Schema, min: string, max: string): Bounds {
  const [least, most] = [schema[min], schema[max]];
  return {
    ...(typeof least === 'number' ? { min: least } : {}),
    ...(typeof most === 'number' ? { max: most } : {}),
  };
}

function textAt(schema: Schema, path: string): Shape {
  const { pattern, format } = schema;
  const bounds = boundsAt(schema, 'minLength', 'maxLength');
  if (pattern === undefined && format === undefined) {
    return Object.keys(bounds).length === 0 ? { kind: 'string' } : { kind: 'text', rules: bounds };
  }
  const source = typeof pattern === 'string' ? pattern : FORMATS.get(String(format));
  if (source === undefined || !isPattern(source) || (pattern !== undefined && format !== undefined)) {
    throw beyond(`${path} has a pattern or a format that is not known`);
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

function arrayAt(schema: Schema, path: string): Shape {
  const { items } = schema;
  if (Array.isArray(items)) {
    const head = items.map((item, i) => shapeAt(item, `${path}[${i}]`));
    return only(schema, ['type', 'items', 'additionalItems', 'minItems'], path, {
      kind: 'tuple',
      head,
      optional: [],
      tail: [],
    });
  }
  const item = shapeAt(items ?? {}, `${path}[]`);
  const bounds = boundsAt(schema, 'minItems', 'maxItems');
  const hasBounds = Object.keys(bounds).length > 0;
  return only(schema, ['type', 'items', 'minItems', 'maxItems'], path, {
    kind: 'array',
    item,
    ...(hasBounds ? { bounds } : {}),
  });
}

function objectAt(schema: Schema, path: string): Shape {
  const known = ['type', 'properties', 'required', 'patternProperties', 'additionalProperties'];
  const { properties = {}, patternProperties = {}, additionalProperties } = schema;
  const members = Object.entries(properties as Schema).map(([key, value]): Member => {
    if (isReservedKey(key)) throw beyond(`${path}.${key} is what objects have by themselves`);
    const inner = shapeAt(value, `${path}.${key}`);
    return {
      key,
      optional: typeof value === 'object' && value !== null && '~optional' in value,
      shape: inner,
    };
  });
  const rules = Object.entries(patternProperties as Schema).map(([pattern, value]): KeyRule => {
    const shape = shapeAt(value, `${path}[]`);
    // TypeBox' way to say any key.
    return pattern === '^.*$' ? { keys: 'string', value: shape } : { keys: pattern, pattern, value: shape };
  });
  if (typeof additionalProperties === 'object') {
    rules.push({ keys: 'string', value: shapeAt(additionalProperties, `${path}[]`) });
  } else if (additionalProperties === false) {
    throw beyond(`${path} forbids other properties, which a contract drops instead`);
  }
  const shape: Shape = rules.length === 0 ? { kind: 'object', members } : { kind: 'record', members, rules };
  return only(schema, known, path, shape);
}
