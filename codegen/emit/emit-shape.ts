/**
 * Shapes on a page: the types once more as data, for `explain` to walk.
 */
import type { Bounds, Member, NamedType, RecordShape, Shape, TextRules, TupleShape } from '../model/model.js';
import { isOptional, withoutAbsent } from '../model/shapes.js';
import { braces, list } from './printer/fragment.js';
import type { Doc } from './printer/fragment.js';
import { propertyName } from './names.js';
import { RUNTIME, literalText, regExpText, runtime } from './emit-context.js';
import type { PageScope } from './emit-context.js';
import { quote } from './printer/source-printer.js';

/** Writes the constant for a type. Those that it mentions must stand above it. */
export function emitShape(page: PageScope, type: NamedType): void {
  // Of a constant that mentions itself the compiler cannot work out the type.
  const isRecursive = page.model.recursion.isRecursive(type.name);
  const annotation = isRecursive ? `: ${page.out.useType('Shape', RUNTIME)}` : '';
  page.out.line(`const ${type.name}${annotation} = `, shapeOf(page, type.shape, type.name), ';');
}

/** An expression for a shape. `type` is the type in whose constant it stands. */
export function shapeOf(page: PageScope, shape: Shape, type: string | undefined): Doc {
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'int':
    case 'uint':
    case 'snowflake':
    case 'boolean':
    case 'absent':
    case 'anything':
    case 'bigint':
    case 'date':
      return runtime(page, shape.kind);
    case 'null':
      return runtime(page, 'nil');
    case 'literal':
      return `${runtime(page, 'literal')}(${literalText(shape.value)})`;
    case 'text':
      return `${runtime(page, 'text')}(${rulesText(shape.rules)})`;
    case 'range':
      return `${runtime(page, 'range')}(${quote(shape.of)}, ${boundsText(shape.bounds)})`;
    case 'bytes':
      return runtime(page, shape.as === 'Buffer' ? 'buffer' : 'bytes');
    case 'array': {
      const bounds = shape.bounds === undefined ? '' : `, ${boundsText(shape.bounds)}`;
      return [`${runtime(page, 'array')}(`, shapeOf(page, shape.item, type), `${bounds})`];
    }
    case 'set':
      return [`${runtime(page, 'set')}(`, shapeOf(page, shape.item, type), ')'];
    case 'map': {
      const parts = [shape.key, shape.value].map((part) => shapeOf(page, part, type));
      return list(`${runtime(page, 'map')}(`, parts, ')');
    }
    case 'tuple':
      return tupleOf(page, shape, type);
    case 'record':
      return recordOf(page, shape, type);
    case 'object':
      return objectOf(page, shape.members, type);
    case 'union':
      return list(
        `${runtime(page, 'union')}(`,
        shape.members.map((member) => shapeOf(page, member, type)),
        ')',
      );
    case 'named':
      return page.model.recursion.isStep(type, shape.name)
        ? `${runtime(page, 'ref')}(() => ${shape.name})`
        : shape.name;
  }
}

function objectOf(page: PageScope, members: readonly Member[], type: string | undefined): Doc {
  return [`${runtime(page, 'object')}(`, membersOf(page, members, type), ')'];
}

function membersOf(page: PageScope, members: readonly Member[], type: string | undefined): Doc {
  return braces(
    members.map((member): Doc => [`${propertyName(member.key)}: `, memberOf(page, member, type)]),
  );
}

function tupleOf(page: PageScope, { head, optional, rest, tail }: TupleShape, type: string | undefined): Doc {
  const some = (name: string, shapes: readonly Shape[]): Doc => {
    return [
      `${name}: `,
      list(
        '[',
        shapes.map((shape) => shapeOf(page, shape, type)),
        ']',
      ),
    ];
  };
  const items = [some('head', head)];
  if (optional.length > 0) items.push(some('optional', optional));
  if (rest !== undefined) items.push(['rest: ', shapeOf(page, rest, type)]);
  if (tail.length > 0) items.push(some('tail', tail));
  return [`${runtime(page, 'tuple')}(`, braces(items), ')'];
}

function recordOf(page: PageScope, { members, rules }: RecordShape, type: string | undefined): Doc {
  const keyed = rules.map(({ pattern, value }): Doc => {
    const places: Doc[] = pattern === undefined ? [] : [`pattern: ${regExpText(pattern)}`];
    return braces([...places, ['value: ', shapeOf(page, value, type)]]);
  });
  return list(`${runtime(page, 'record')}(`, [membersOf(page, members, type), ...keyed], ')');
}

function boundsText({ min, max }: Bounds): string {
  const places = [
    ...(min === undefined ? [] : [`min: ${min}`]),
    ...(max === undefined ? [] : [`max: ${max}`]),
  ];
  return `{ ${places.join(', ')} }`;
}

function rulesText({ min, max, pattern, format, template }: TextRules): string {
  const called = format ?? template;
  const places = [
    ...(min === undefined ? [] : [`min: ${min}`]),
    ...(max === undefined ? [] : [`max: ${max}`]),
    ...(pattern === undefined ? [] : [`pattern: ${regExpText(pattern)}`]),
    ...(called === undefined ? [] : [`format: ${quote(called)}`]),
  ];
  return places.length === 0 ? '{}' : `{ ${places.join(', ')} }`;
}

function memberOf(page: PageScope, member: Member, type: string | undefined): Doc {
  if (!isOptional(member, page.model.types)) return shapeOf(page, member.shape, type);
  return [`${runtime(page, 'optional')}(`, shapeOf(page, withoutAbsent(member.shape), type), ')'];
}
