/**
 * Shapes on a page: the types as data, which `explain` walks when a check has failed.
 */
import type { Bounds, Member, NamedType, RecordShape, Shape, TextRules, TupleShape } from '../model/model.js';
import { isOptional, withoutUndefined } from '../model/shapes.js';
import type { ContractPage } from './contract-page.js';
import { propertyName } from './names.js';
import { braces, brackets, call } from './printer/fragment.js';
import type { Fragment } from './printer/fragment.js';
import { literalText, quote, regExpText } from './printer/literals.js';

/** Writes the constant of a type. The constants that it mentions must be declared above. */
export function emitShape(page: ContractPage, type: NamedType): void {
  // The compiler cannot infer the type of a constant that mentions itself.
  const isRecursive = page.model.recursion.isRecursive(type.name);
  const annotation = isRecursive ? `: ${page.runtimeType('Shape')}` : '';
  page.line(`const ${type.name}${annotation} = `, shapeOf(page, type.shape, type.name), ';');
}

/**
 * Returns an expression for a shape.
 *
 * @param type - The type whose constant the expression is part of.
 */
export function shapeOf(page: ContractPage, shape: Shape, type: string | undefined): Fragment {
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'int':
    case 'uint':
    case 'snowflake':
    case 'boolean':
    case 'bigint':
    case 'date':
      return page.runtime(shape.kind);
    case 'undefined':
      return page.runtime('undefined_');
    case 'unknown':
      return page.runtime('unknown');
    case 'null':
      return page.runtime('null_');
    case 'literal':
      return `${page.runtime('literal')}(${literalText(shape.value)})`;
    case 'text':
      return `${page.runtime('text')}(${rulesText(shape.rules)})`;
    case 'range':
      return `${page.runtime('range')}(${quote(shape.of)}, ${boundsText(shape.bounds)})`;
    case 'bytes':
      return page.runtime(shape.as === 'Buffer' ? 'buffer' : 'bytes');
    case 'array': {
      const bounds = shape.bounds === undefined ? '' : `, ${boundsText(shape.bounds)}`;
      return [`${page.runtime('array')}(`, shapeOf(page, shape.item, type), `${bounds})`];
    }
    case 'set':
      return [`${page.runtime('set')}(`, shapeOf(page, shape.item, type), ')'];
    case 'map': {
      const parts = [shape.key, shape.value].map((part) => shapeOf(page, part, type));
      return call(page.runtime('map'), parts);
    }
    case 'tuple':
      return tupleOf(page, shape, type);
    case 'record':
      return recordOf(page, shape, type);
    case 'object':
      return objectOf(page, shape.members, type);
    case 'union':
      return call(
        page.runtime('union'),
        shape.members.map((member) => shapeOf(page, member, type)),
      );
    case 'named':
      return page.model.recursion.isStep(type, shape.name)
        ? `${page.runtime('ref')}(() => ${shape.name})`
        : shape.name;
  }
}

function objectOf(page: ContractPage, members: readonly Member[], type: string | undefined): Fragment {
  return [`${page.runtime('object')}(`, membersOf(page, members, type), ')'];
}

function membersOf(page: ContractPage, members: readonly Member[], type: string | undefined): Fragment {
  return braces(
    members.map((member): Fragment => [`${propertyName(member.key)}: `, memberOf(page, member, type)]),
  );
}

function tupleOf(
  page: ContractPage,
  { head, optional, rest, tail }: TupleShape,
  type: string | undefined,
): Fragment {
  const listOf = (name: string, shapes: readonly Shape[]): Fragment => {
    return [`${name}: `, brackets(shapes.map((shape) => shapeOf(page, shape, type)))];
  };
  const items = [listOf('head', head)];
  if (optional.length > 0) items.push(listOf('optional', optional));
  if (rest !== undefined) items.push(['rest: ', shapeOf(page, rest, type)]);
  if (tail.length > 0) items.push(listOf('tail', tail));
  return [`${page.runtime('tuple')}(`, braces(items), ')'];
}

function recordOf(page: ContractPage, { members, rules }: RecordShape, type: string | undefined): Fragment {
  const keyed = rules.map(({ pattern, value }): Fragment => {
    const condition: Fragment[] = pattern === undefined ? [] : [`pattern: ${regExpText(pattern)}`];
    return braces([...condition, ['value: ', shapeOf(page, value, type)]]);
  });
  return call(page.runtime('record'), [membersOf(page, members, type), ...keyed]);
}

function boundsText({ min, max }: Bounds): string {
  const members = [
    ...(min === undefined ? [] : [`min: ${min}`]),
    ...(max === undefined ? [] : [`max: ${max}`]),
  ];
  return `{ ${members.join(', ')} }`;
}

function rulesText({ min, max, pattern, format, template }: TextRules): string {
  const description = format ?? template;
  const members = [
    ...(min === undefined ? [] : [`min: ${min}`]),
    ...(max === undefined ? [] : [`max: ${max}`]),
    ...(pattern === undefined ? [] : [`pattern: ${regExpText(pattern)}`]),
    ...(description === undefined ? [] : [`format: ${quote(description)}`]),
  ];
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function memberOf(page: ContractPage, member: Member, type: string | undefined): Fragment {
  if (!isOptional(member, page.model.types)) return shapeOf(page, member.shape, type);
  return [`${page.runtime('optional')}(`, shapeOf(page, withoutUndefined(member.shape), type), ')'];
}
