/**
 * Alternatives: prepares the members of two unions for a comparison.
 */
import type { Member, Shape } from '../model/model.js';
import { objectsOf, resolve, discriminantOf, unionOf } from '../model/shapes.js';
import type { TypeTable } from '../model/shapes.js';
import { keyStep } from './difference.js';
import { isFields } from './families.js';
import type { Fields } from './families.js';

/**
 * Adds to each object of a union without a discriminant the members of its other objects, as optional ones. A value may
 * match several of the objects, and is then sent with the members of all of them.
 */
export function withMerged(alternatives: readonly Shape[], types: TypeTable): readonly Shape[] {
  const fields = alternatives.map((one) => resolve(one, types)).filter(isFields);
  if (fields.length < 2) return alternatives;
  if (
    fields.every(({ kind }) => kind === 'object') &&
    discriminantOf(
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

/** Splits `boolean` into `true` and `false` if the other side has these as literals. */
export function splitBooleans(from: readonly Shape[], to: readonly Shape[]): readonly Shape[] {
  const hasLiterals = to.some((one) => one.kind === 'literal' && typeof one.value === 'boolean');
  if (!hasLiterals || to.some(({ kind }) => kind === 'boolean')) return from;
  return from.flatMap((one): readonly Shape[] =>
    one.kind === 'boolean' ? [true, false].map((value) => ({ kind: 'literal', value })) : [one],
  );
}

/** Returns the path of the discriminant of a union's objects, if they have one. */
export function discriminantPath(alternatives: readonly Shape[], types: TypeTable): string | undefined {
  const objects = alternatives.flatMap((one) => {
    const parts = objectsOf(one, types);
    return parts.length === 0 ? [] : [parts];
  });
  const tag = objects.length < 2 ? undefined : discriminantOf(objects, types);
  return tag && keyStep(tag.key);
}
