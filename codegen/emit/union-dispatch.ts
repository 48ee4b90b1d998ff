/**
 * Union dispatch: how generated functions select the member of a union, or the rule for a key, that a value is handled by.
 *
 * Checks, encoders and decoders dispatch alike.
 */
import type { KeyRule, LiteralValue, Member, Shape } from '../model/model.js';
import { objectsOf, discriminantOf } from '../model/shapes.js';
import type { Discriminant } from '../model/shapes.js';
import type { ContractPage } from './contract-page.js';
import { brackets } from './printer/fragment.js';
import type { Fragment } from './printer/fragment.js';
import { literalText, quote, regExpText } from './printer/literals.js';

/** Returns `/a/u.test(key) ? x : /b/u.test(key) ? y : otherwise`: the first rule whose pattern matches a key applies. */
export function dispatchOnKey(
  rules: readonly KeyRule[],
  expression: (rule: KeyRule) => Fragment,
  otherwise: Fragment,
): Fragment {
  const [rule, ...others] = rules;
  if (rule === undefined) return otherwise;
  if (rule.pattern === undefined) return expression(rule);
  const test = `${regExpText(rule.pattern)}.test(key) ? `;
  return [test, expression(rule), ' : ', dispatchOnKey(others, expression, otherwise)];
}

/** Returns the last argument of functions that walk the keys of a record: the keys that no rule applies to. */
export function namedKeys(members: readonly Member[]): readonly Fragment[] {
  return members.length === 0 ? [] : [brackets(members.map(({ key }) => quote(key)))];
}

export interface TaggedMembers {
  readonly tag: Discriminant;
  /** The members that have the tag, in the order of `tag.values`. */
  readonly tagged: readonly Shape[];
  readonly others: readonly Shape[];
}

/** Returns the members of a union that a tag tells apart; `undefined` unless there are at least two. */
export function taggedMembers(page: ContractPage, members: readonly Shape[]): TaggedMembers | undefined {
  const { types } = page.model;
  const tagged = members.filter((member) => objectsOf(member, types).length > 0);
  if (tagged.length < 2) return undefined;
  const tag = discriminantOf(
    tagged.map((member) => objectsOf(member, types)),
    types,
  );
  return tag && { tag, tagged, others: members.filter((member) => !tagged.includes(member)) };
}

/** Writes a `case` line for each tag value of one member. */
export function emitCases(page: ContractPage, values: readonly LiteralValue[]): void {
  for (const value of values) page.line(`case ${literalText(value)}:`);
}
