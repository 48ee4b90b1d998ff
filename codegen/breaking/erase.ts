/**
 * Erasure: reduces a shape to what TypeScript checks, dropping what only pages check at run time.
 *
 * To the compiler a `Snowflake` is a `string`, and a number with bounds is a `number`.
 */
import type { Member, NamedType, Shape } from '../model/model.js';
import { unionOf } from '../model/shapes.js';

export function eraseTypes(types: readonly NamedType[]): readonly NamedType[] {
  return types.map((type) => ({ ...type, shape: erase(type.shape) }));
}

export function erase(shape: Shape): Shape {
  switch (shape.kind) {
    case 'int':
    case 'uint':
    case 'range':
      return { kind: 'number' };
    case 'snowflake':
      return { kind: 'string' };
    case 'text':
      return shape.rules.template === undefined || shape.rules.pattern === undefined
        ? { kind: 'string' }
        : { kind: 'text', rules: { pattern: shape.rules.pattern, template: shape.rules.template } };
    case 'array':
      return { kind: 'array', item: erase(shape.item) };
    case 'set':
      return { kind: 'set', item: erase(shape.item) };
    case 'map':
      return { kind: 'map', key: erase(shape.key), value: erase(shape.value) };
    case 'tuple':
      return {
        ...shape,
        head: shape.head.map(erase),
        optional: shape.optional.map(erase),
        ...(shape.rest === undefined ? {} : { rest: erase(shape.rest) }),
        tail: shape.tail.map(erase),
      };
    case 'object':
      return { kind: 'object', members: shape.members.map(eraseMember) };
    case 'record':
      return {
        kind: 'record',
        members: shape.members.map(eraseMember),
        rules: shape.rules.map((rule) => ({ ...rule, value: erase(rule.value) })),
      };
    case 'union':
      return unionOf(shape.members.map(erase));
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'undefined':
    case 'unknown':
    case 'bigint':
    case 'date':
    case 'bytes':
    case 'literal':
    case 'named':
      return shape;
  }
}

function eraseMember(member: Member): Member {
  return { ...member, shape: erase(member.shape) };
}
