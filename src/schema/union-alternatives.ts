/**
 * Union alternatives: the ways to fit a union, and which of them a value was meant to fit.
 *
 * A tag or the kind of the value decides without trying any: walking every alternative at every level would take
 * exponential time. This module knows nothing about problems or messages.
 */
import { isArraySafely, isObjectSafely, readSafely } from './safe-checks.js';
import type { LiteralValue, Shape, ShapeMembers } from './shape.js';

/** One way to fit a union, and its level of nesting: the target of a `ref` is one level deeper. */
export interface Alternative {
  readonly shape: Shape;
  readonly depth: number;
}

export function alternativesOf(members: readonly Shape[], depth: number): readonly Alternative[] {
  return members.flatMap((member) => {
    if (member.kind === 'union') return alternativesOf(member.members, depth);
    if (member.kind !== 'ref') return [{ shape: member, depth }];
    const shape = member.to();
    return shape.kind === 'union' ? alternativesOf(shape.members, depth + 1) : [{ shape, depth: depth + 1 }];
  });
}

/** Returns unions inside unions as one list. Does not follow a `ref`: the list only serves descriptions. */
export function flatten(members: readonly Shape[]): readonly Shape[] {
  return members.flatMap((member) => (member.kind === 'union' ? flatten(member.members) : [member]));
}

export type Nearest =
  | { readonly kind: 'member'; readonly alternative: Alternative }
  | {
      readonly kind: 'tag';
      readonly key: string;
      readonly values: readonly LiteralValue[];
      readonly got: unknown;
    }
  | { readonly kind: 'several'; readonly alternatives: readonly Alternative[] }
  | { readonly kind: 'none' };

/** Returns the alternative that was probably meant: the one whose tag matches, or the only one of the value's kind. */
export function nearest(alternatives: readonly Alternative[], value: unknown): Nearest {
  if (isArraySafely(value)) return oneOrSeveral(alternatives.filter(({ shape }) => LISTS.has(shape.kind)));
  if (!isObjectSafely(value)) return { kind: 'none' };
  const fields = alternatives.filter(({ shape }) => shape.kind === 'object' || shape.kind === 'record');
  const own = alternatives.filter(({ shape }) => isInstance(shape, value));
  // A class instance has properties as well, so it may fit an object without required members.
  if (own.length > 0 || fields.some(({ shape }) => shape.kind === 'record')) {
    return oneOrSeveral([...own, ...fields]);
  }
  return byTag(
    alternatives.filter(({ shape }) => shape.kind === 'object'),
    value,
  );
}

const LISTS: ReadonlySet<Shape['kind']> = new Set(['array', 'tuple']);

/** Whether a value is an instance of the shape's class, whatever its contents. */
function isInstance({ kind }: Shape, value: object): boolean {
  if (kind === 'date') return value instanceof Date;
  if (kind === 'bytes' || kind === 'buffer') return value instanceof Uint8Array;
  return (kind === 'set' && value instanceof Set) || (kind === 'map' && value instanceof Map);
}

function oneOrSeveral(alternatives: readonly Alternative[]): Nearest {
  const [alternative] = alternatives;
  if (alternative === undefined) return { kind: 'none' };
  return alternatives.length === 1 ? { kind: 'member', alternative } : { kind: 'several', alternatives };
}

function byTag(objects: readonly Alternative[], value: object): Nearest {
  if (objects.length < 2) return oneOrSeveral(objects);
  const key = tagOf(objects.map(({ shape }) => shape));
  if (key === undefined) return oneOrSeveral(objects);
  const got = readSafely(value, key);
  const alternative = objects.find(({ shape }) => tagsAt(shape, key).includes(got as LiteralValue));
  if (alternative !== undefined) return { kind: 'member', alternative };
  return { kind: 'tag', key, values: objects.flatMap(({ shape }) => tagsAt(shape, key)), got };
}

/** Returns the first key whose literals tell all members apart. */
function tagOf(objects: readonly Shape[]): string | undefined {
  const [first] = objects.map(membersOf);
  return Object.keys(first ?? {}).find((key) => {
    const tags = objects.map((member) => tagsAt(member, key));
    return tags.every((values) => values.length > 0) && new Set(tags.flat()).size === tags.flat().length;
  });
}

/** Returns the literals that a member allows under a key; none if any other value fits as well. */
function tagsAt(member: Shape, key: string): readonly LiteralValue[] {
  const members = membersOf(member);
  const shape = Object.hasOwn(members, key) ? members[key] : undefined;
  if (shape === undefined) return [];
  const literals = flatten([shape]).map((one) => (one.kind === 'literal' ? [one.value] : []));
  return literals.every((one) => one.length === 1) ? literals.flat() : [];
}

function membersOf(shape: Shape): ShapeMembers {
  return shape.kind === 'object' ? shape.members : {};
}
