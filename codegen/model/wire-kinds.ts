/**
 * Wire kinds: the JSON types that values of a shape are sent as.
 *
 * A `Date` is sent as a number, so a receiver could not distinguish the members of `Date | number`. Such unions are found
 * here, before anything is emitted.
 */
import type { Shape } from './model.js';
import { alternativesOf, isRich, objectsOf, resolve, someInside, discriminantOf } from './shapes.js';
import type { TypeTable } from './shapes.js';

export type WireKind = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';

const EVERY_KIND: readonly WireKind[] = ['string', 'number', 'boolean', 'null', 'array', 'object'];

export function wireKinds(shape: Shape, types: TypeTable): ReadonlySet<WireKind> {
  return new Set(alternativesOf(shape, types).flatMap((one) => kindsOf(resolve(one, types))));
}

function kindsOf(shape: Shape): readonly WireKind[] {
  switch (shape.kind) {
    case 'string':
    case 'text':
    case 'snowflake':
    case 'bigint':
    case 'bytes':
      return ['string'];
    case 'number':
    case 'int':
    case 'uint':
    case 'range':
    case 'date':
      return ['number'];
    case 'boolean':
      return ['boolean'];
    case 'null':
      return ['null'];
    case 'literal':
      return [typeof shape.value as 'string' | 'number' | 'boolean'];
    case 'array':
    case 'tuple':
    case 'set':
    case 'map':
      return ['array'];
    case 'object':
    case 'record':
      return ['object'];
    case 'unknown':
      return EVERY_KIND;
    case 'undefined':
    case 'union':
    case 'named':
      return [];
  }
}

/** Returns two members of a union that the receiver cannot distinguish, although it has to decode one of them. */
export function indistinguishable(union: Shape, types: TypeTable): readonly [Shape, Shape] | undefined {
  const members = alternativesOf(union, types);
  for (const rich of members.filter((member) => someInside(member, types, isRich))) {
    const kinds = wireKinds(rich, types);
    const other = members.find(
      (one) => one !== rich && [...wireKinds(one, types)].some((kind) => kinds.has(kind)),
    );
    if (other !== undefined && !areDiscriminated(members, types)) return [rich, other];
  }
  return undefined;
}

/** Whether the objects of a union have a discriminant, and its other members are distinguishable. */
function areDiscriminated(members: readonly Shape[], types: TypeTable): boolean {
  const objects = members.filter((member) => wireKinds(member, types).has('object'));
  const others = members.filter((member) => !objects.includes(member));
  const parts = objects.map((member) => objectsOf(member, types));
  if (parts.some((part) => part.length === 0) || discriminantOf(parts, types) === undefined) return false;
  return indistinguishable({ kind: 'union', members: others }, types) === undefined;
}

/** Describes a shape for messages. */
export function describeShape(shape: Shape): string {
  if (shape.kind === 'named') return `\`${shape.name}\``;
  if (shape.kind === 'literal') return JSON.stringify(shape.value);
  return NAMES[shape.kind];
}

const NAMES: Readonly<Record<Exclude<Shape['kind'], 'named' | 'literal'>, string>> = {
  undefined: '`undefined`',
  unknown: '`unknown`',
  array: 'an array',
  bigint: 'a `bigint`',
  boolean: 'a boolean',
  bytes: 'bytes',
  date: 'a `Date`',
  int: 'a number',
  map: 'a `Map`',
  null: '`null`',
  number: 'a number',
  object: 'an object',
  range: 'a number',
  record: 'an object',
  set: 'a `Set`',
  snowflake: 'a string',
  string: 'a string',
  text: 'a string',
  tuple: 'a tuple',
  uint: 'a number',
  union: 'a union',
};
