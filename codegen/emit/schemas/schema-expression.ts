/**
 * Schema expressions: one shape as a TypeBox expression.
 */
import type {
  Bounds,
  LiteralValue,
  Member,
  RecordShape,
  Shape,
  TextRules,
  TupleShape,
} from '../../model/model.js';
import type { Recursion } from '../../model/recursion.js';
import { isOptional, unionOf, withoutAbsent } from '../../model/shapes.js';
import type { TypeTable } from '../../model/shapes.js';
import { braces, list } from '../printer/fragment.js';
import type { Doc } from '../printer/fragment.js';
import { propertyName } from '../names.js';
import { isTable } from './schema-helpers.js';
import type { HelperKind } from './schema-helpers.js';
import { quote } from '../printer/source-printer.js';
import type { SourcePrinter } from '../printer/source-printer.js';

export interface SchemaScope {
  readonly out: SourcePrinter;
  readonly types: TypeTable;
  readonly recursion: Recursion;
  /** The constant that stands for a type. */
  readonly nameOf: (type: string) => string;
  /** What stands for the types that TypeBox has no word for, as far as they are used. */
  readonly helpers: ReadonlyMap<HelperKind, string>;
  /** Name of the `Type` builder. */
  readonly builder: string;
}

/** A schema for a shape. `type` is the type in whose definition it stands. */
export function schemaOf(page: SchemaScope, shape: Shape, type?: string): Doc {
  switch (shape.kind) {
    case 'string':
      return call(page, 'String');
    case 'number':
      return call(page, 'Number');
    case 'int':
    case 'uint':
    case 'snowflake':
    case 'date':
      return page.helpers.get(shape.kind) ?? '';
    case 'bytes':
      return page.helpers.get(shape.as === 'Buffer' ? 'buffer' : 'bytes') ?? '';
    case 'bigint':
      return call(page, 'BigInt');
    case 'text':
      return textOf(page, shape.rules);
    case 'range':
      return rangeOf(page, shape.of, shape.bounds);
    case 'set':
      return [`${page.helpers.get('set') ?? ''}(`, schemaOf(page, shape.item, type), ')'];
    case 'map': {
      const parts = [shape.key, shape.value].map((part) => schemaOf(page, part, type));
      return list(`${page.helpers.get('map') ?? ''}(`, parts, ')');
    }
    case 'tuple':
      return tupleOf(page, shape, type);
    case 'record':
      return recordOf(page, shape, type);
    case 'boolean':
      return call(page, 'Boolean');
    case 'null':
      return call(page, 'Null');
    case 'absent':
      return call(page, 'Undefined');
    case 'anything':
      return call(page, 'Unknown');
    case 'literal':
      return call(page, 'Literal', [literalText(shape.value)]);
    case 'array':
      return arrayOf(page, shape, type);
    case 'object':
      return [
        `${page.builder}.Object(`,
        braces(shape.members.map((member) => memberOf(page, member, type))),
        ')',
      ];
    case 'union': {
      const members = shape.members.map((member) => schemaOf(page, member, type));
      return [`${page.builder}.Union(`, list('[', members, ']'), ')'];
    }
    case 'named':
      if (page.recursion.isStep(type, shape.name)) return call(page, 'Ref', [quote(shape.name)]);
      return page.nameOf(shape.name);
  }
}

function memberOf(page: SchemaScope, member: Member, type: string | undefined): Doc {
  const key = `${propertyName(member.key)}: `;
  if (!isOptional(member, page.types)) return [key, schemaOf(page, member.shape, type)];
  return [key, `${page.builder}.Optional(`, schemaOf(page, withoutAbsent(member.shape), type), ')'];
}

export function call(page: SchemaScope, name: string, args: readonly Doc[] = []): Doc {
  const [only] = args;
  if (only !== undefined && args.length === 1) return [`${page.builder}.${name}(`, only, ')'];
  return list(`${page.builder}.${name}(`, args, ')');
}

function literalText(value: LiteralValue): string {
  return typeof value === 'string' ? quote(value) : String(value);
}

function arrayOf(
  page: SchemaScope,
  { item, bounds }: Extract<Shape, { readonly kind: 'array' }>,
  type: string | undefined,
): Doc {
  const schema = schemaOf(page, item, type);
  return call(page, 'Array', bounds === undefined ? [schema] : [schema, boundsOf(bounds, 'Items')]);
}

function boundsOf({ min, max }: Bounds, what: 'Items' | 'Length' | 'imum'): Doc {
  const places = [
    ...(min === undefined ? [] : [`min${what}: ${min}`]),
    ...(max === undefined ? [] : [`max${what}: ${max}`]),
  ];
  return braces(places);
}

function textOf(page: SchemaScope, { min, max, pattern, template }: TextRules): Doc {
  const places: Doc[] = [
    ...(min === undefined ? [] : [`minLength: ${min}`]),
    ...(max === undefined ? [] : [`maxLength: ${max}`]),
    ...(pattern === undefined ? [] : [`pattern: ${quote(pattern)}`]),
  ];
  const schema = call(page, 'String', places.length === 0 ? [] : [braces(places)]);
  return template === undefined ? schema : [`${page.builder}.Unsafe<${template}>(`, schema, ')'];
}

function rangeOf(page: SchemaScope, of: 'number' | 'int' | 'uint', { min, max }: Bounds): Doc {
  if (of === 'number')
    return call(page, 'Number', [
      boundsOf({ ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }, 'imum'),
    ]);
  const least = of === 'uint' ? String(Math.max(0, min ?? 0)) : String(min ?? 'Number.MIN_SAFE_INTEGER');
  const places = [`minimum: ${least}`, `maximum: ${max ?? 'Number.MAX_SAFE_INTEGER'}`];
  return call(page, 'Integer', [braces(places)]);
}

/** TypeBox' own tuples know neither optional items nor a rest. */
function tupleOf(page: SchemaScope, shape: TupleShape, type: string | undefined): Doc {
  const { head, optional, rest, tail } = shape;
  const schemas = (shapes: readonly Shape[]): Doc => {
    return list(
      '[',
      shapes.map((one) => schemaOf(page, one, type)),
      ']',
    );
  };
  if (optional.length + tail.length === 0 && rest === undefined) return call(page, 'Tuple', [schemas(head)]);
  const places: Doc[] = ["type: 'array'", `minItems: ${head.length + tail.length}`];
  if (rest === undefined) places.push(`maxItems: ${head.length + optional.length}`);
  const first = [...head, ...optional];
  if (first.length > 0) places.push(['prefixItems: ', schemas(first)]);
  // JSON Schema cannot count from the end.
  const others = rest === undefined ? undefined : unionOf([rest, ...tail]);
  if (others !== undefined) places.push(['items: ', schemaOf(page, others, type)]);
  return [`${page.builder}.Unsafe<readonly unknown[]>(`, braces(places), ')'];
}

function recordOf(page: SchemaScope, shape: RecordShape, type: string | undefined): Doc {
  const { members, rules } = shape;
  const [first] = rules;
  if (isTable(shape) && first !== undefined) {
    return [`${page.helpers.get('record') ?? ''}(`, schemaOf(page, first.value, type), ')'];
  }
  const places: Doc[] = [];
  const patterned = rules.filter(({ pattern }) => pattern !== undefined);
  if (patterned.length > 0) {
    const keyed = patterned.map(({ pattern = '', value }): Doc => {
      return [`${quote(pattern)}: `, schemaOf(page, value, type)];
    });
    places.push(['patternProperties: ', braces(keyed)]);
  }
  const other = rules.find(({ pattern }) => pattern === undefined);
  if (other !== undefined) places.push(['additionalProperties: ', schemaOf(page, other.value, type)]);
  const named = braces(members.map((member) => memberOf(page, member, type)));
  return list(`${page.builder}.Object(`, [named, braces(places)], ')');
}
