/**
 * Schema expressions: one shape as a TypeBox expression.
 */
import type { Bounds, Member, RecordShape, Shape, TextRules, TupleShape } from '../../model/model.js';
import { isOptional, unionOf, withoutUndefined } from '../../model/shapes.js';
import { propertyName } from '../names.js';
import { braces, brackets, call } from '../printer/fragment.js';
import type { Fragment } from '../printer/fragment.js';
import { literalText, quote } from '../printer/literals.js';
import { isTable } from './schema-helpers.js';
import type { SchemaPage } from './schema-page.js';

/**
 * Returns the schema of a shape.
 *
 * @param type - The type whose definition the expression is part of.
 */
export function schemaOf(page: SchemaPage, shape: Shape, type?: string): Fragment {
  switch (shape.kind) {
    case 'string':
      return page.type('String');
    case 'number':
      return page.type('Number');
    case 'int':
    case 'uint':
    case 'snowflake':
    case 'date':
      return page.helper(shape.kind);
    case 'bytes':
      return page.helper(shape.as === 'Buffer' ? 'buffer' : 'bytes');
    case 'bigint':
      return page.type('BigInt');
    case 'text':
      return textOf(page, shape.rules);
    case 'range':
      return rangeOf(page, shape.of, shape.bounds);
    case 'set':
      return [`${page.helper('set')}(`, schemaOf(page, shape.item, type), ')'];
    case 'map': {
      const parts = [shape.key, shape.value].map((part) => schemaOf(page, part, type));
      return call(page.helper('map'), parts);
    }
    case 'tuple':
      return tupleOf(page, shape, type);
    case 'record':
      return recordOf(page, shape, type);
    case 'boolean':
      return page.type('Boolean');
    case 'null':
      return page.type('Null');
    case 'undefined':
      return page.type('Undefined');
    case 'unknown':
      return page.type('Unknown');
    case 'literal':
      return page.type('Literal', [literalText(shape.value)]);
    case 'array':
      return arrayOf(page, shape, type);
    case 'object':
      return page.type('Object', [braces(shape.members.map((member) => memberOf(page, member, type)))]);
    case 'union': {
      const members = shape.members.map((member) => schemaOf(page, member, type));
      return page.type('Union', [brackets(members)]);
    }
    case 'named':
      if (page.recursion.isStep(type, shape.name)) return page.type('Ref', [quote(shape.name)]);
      return page.constantOf(shape.name);
  }
}

function memberOf(page: SchemaPage, member: Member, type: string | undefined): Fragment {
  const key = `${propertyName(member.key)}: `;
  if (!isOptional(member, page.types)) return [key, schemaOf(page, member.shape, type)];
  return [key, `${page.builder}.Optional(`, schemaOf(page, withoutUndefined(member.shape), type), ')'];
}

function arrayOf(
  page: SchemaPage,
  { item, bounds }: Extract<Shape, { readonly kind: 'array' }>,
  type: string | undefined,
): Fragment {
  const schema = schemaOf(page, item, type);
  return page.type('Array', bounds === undefined ? [schema] : [schema, boundsOf(bounds, 'Items')]);
}

function boundsOf({ min, max }: Bounds, what: 'Items' | 'Length' | 'imum'): Fragment {
  const keywords = [
    ...(min === undefined ? [] : [`min${what}: ${min}`]),
    ...(max === undefined ? [] : [`max${what}: ${max}`]),
  ];
  return braces(keywords);
}

function textOf(page: SchemaPage, { min, max, pattern, template }: TextRules): Fragment {
  const keywords: Fragment[] = [
    ...(min === undefined ? [] : [`minLength: ${min}`]),
    ...(max === undefined ? [] : [`maxLength: ${max}`]),
    ...(pattern === undefined ? [] : [`pattern: ${quote(pattern)}`]),
  ];
  const schema = page.type('String', keywords.length === 0 ? [] : [braces(keywords)]);
  return template === undefined ? schema : [`${page.builder}.Unsafe<${template}>(`, schema, ')'];
}

function rangeOf(page: SchemaPage, of: 'number' | 'int' | 'uint', { min, max }: Bounds): Fragment {
  if (of === 'number')
    return page.type('Number', [
      boundsOf({ ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }, 'imum'),
    ]);
  const least = of === 'uint' ? String(Math.max(0, min ?? 0)) : String(min ?? 'Number.MIN_SAFE_INTEGER');
  const keywords = [`minimum: ${least}`, `maximum: ${max ?? 'Number.MAX_SAFE_INTEGER'}`];
  return page.type('Integer', [braces(keywords)]);
}

/** `Type.Tuple` supports neither optional items nor a rest. */
function tupleOf(page: SchemaPage, shape: TupleShape, type: string | undefined): Fragment {
  const { head, optional, rest, tail } = shape;
  const schemas = (shapes: readonly Shape[]): Fragment => {
    return brackets(shapes.map((one) => schemaOf(page, one, type)));
  };
  if (optional.length + tail.length === 0 && rest === undefined) return page.type('Tuple', [schemas(head)]);
  const keywords: Fragment[] = ["type: 'array'", `minItems: ${head.length + tail.length}`];
  if (rest === undefined) keywords.push(`maxItems: ${head.length + optional.length}`);
  const first = [...head, ...optional];
  if (first.length > 0) keywords.push(['prefixItems: ', schemas(first)]);
  // JSON Schema cannot count from the end.
  const others = rest === undefined ? undefined : unionOf([rest, ...tail]);
  if (others !== undefined) keywords.push(['items: ', schemaOf(page, others, type)]);
  return [`${page.builder}.Unsafe<readonly unknown[]>(`, braces(keywords), ')'];
}

function recordOf(page: SchemaPage, shape: RecordShape, type: string | undefined): Fragment {
  const { members, rules } = shape;
  const [first] = rules;
  if (isTable(shape) && first !== undefined) {
    return [`${page.helper('record')}(`, schemaOf(page, first.value, type), ')'];
  }
  const keywords: Fragment[] = [];
  const patterned = rules.filter(({ pattern }) => pattern !== undefined);
  if (patterned.length > 0) {
    const keyed = patterned.map(({ pattern = '', value }): Fragment => {
      return [`${quote(pattern)}: `, schemaOf(page, value, type)];
    });
    keywords.push(['patternProperties: ', braces(keyed)]);
  }
  const other = rules.find(({ pattern }) => pattern === undefined);
  if (other !== undefined) keywords.push(['additionalProperties: ', schemaOf(page, other.value, type)]);
  const named = braces(members.map((member) => memberOf(page, member, type)));
  return page.type('Object', [named, braces(keywords)]);
}
