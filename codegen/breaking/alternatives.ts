/**
 * Alternatives: the members of two unions, made ready to be compared with each other.
 */
import type { Member, Shape } from '../model/model.js';
import { objectsOf, resolve, tagOf, unionOf } from '../model/shapes.js';
import type { TypeTable } from '../model/shapes.js';
import { keyStep } from './difference.js';
import { isFields } from './families.js';
import type { Fields } from './families.js';

/**
 * Objects that nothing tells apart may both fit, and then the members of both are sent: each may bring those of the
 * others.
 */
export function withMerged(alternatives: readonly Shape[], types: TypeTable): readonly Shape[] {
  const fields = alternatives.map((one) => resolve(one, types)).filter(isFields);
  if (fields.length < 2) return alternatives;
  if (
    fields.every(({ kind }) => kind === 'object') &&
    tagOf(
      fields.map((one) => objectsOf(one, types)),
      types,
    )
  ) {
    return alternatives;
  }
  return alternatives.map((one) => {
    const own = resolve(one, types);
    return isFields(own) ? { ...own, members: [...own.members, ...foreignMembers(own, fields)] } : one;
  });
}

function foreignMembers(own: Fields, all: readonly Fields[]): readonly Member[] {
  const byKey = new Map<string, Shape[]>();
  for (const { key, shape } of all.flatMap(({ members }) => members)) {
    if (own.members.some((member) => member.key === key)) continue;
    byKey.set(key, [...(byKey.get(key) ?? []), shape]);
  }
  return [...byKey].map(([key, shapes]) => ({ key, optional: true, shape: unionOf(shapes) }));
}

/** Where the other side knows `true` and `false` one by one. */
export function splitBooleans(from: readonly Shape[], to: readonly Shape[]): readonly Shape[] {
  const hasLiterals = to.some((one) => one.kind === 'literal' && typeof one.value === 'boolean');
  if (!hasLiterals || to.some(({ kind }) => kind === 'boolean')) return from;
  return from.flatMap((one): readonly Shape[] =>
    one.kind === 'boolean' ? [true, false].map((value) => ({ kind: 'literal', value })) : [one],
  );
}

/** Where the literals stand that tell the objects of a union apart. */
export function tagStep(alternatives: readonly Shape[], types: TypeTable): string | undefined {
  const objects = alternatives.flatMap((one) => {
    const parts = objectsOf(one, types);
    return parts.length === 0 ? [] : [parts];
  });
  const tag = objects.length < 2 ? undefined : tagOf(objects, types);
  return tag && keyStep(tag.key);
}
