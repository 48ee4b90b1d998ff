/**
 * Choices: which member of a union, or which rule for a key, a value is held against.
 *
 * Checks, encoders and decoders make the same ones.
 */
import type { KeyRule, LiteralValue, Member, Shape } from '../model/model.js';
import { objectsOf, tagOf } from '../model/shapes.js';
import type { Tag } from '../model/shapes.js';
import { list } from './printer/fragment.js';
import type { Doc } from './printer/fragment.js';
import { literalText, regExpText } from './emit-context.js';
import type { PageScope } from './emit-context.js';
import { quote } from './printer/source-printer.js';

/** `pattern.test(key) ? a : b`: the first rule that fits a key holds. */
export function ruleChoice(
  rules: readonly KeyRule[],
  expression: (rule: KeyRule) => Doc,
  otherwise: Doc,
): Doc {
  const [rule, ...others] = rules;
  if (rule === undefined) return otherwise;
  if (rule.pattern === undefined) return expression(rule);
  const test = `${regExpText(rule.pattern)}.test(key) ? `;
  return [test, expression(rule), ' : ', ruleChoice(others, expression, otherwise)];
}

/** The keys that a rule for keys does not concern, as the last argument of what runs over them. */
export function exceptions(members: readonly Member[]): readonly Doc[] {
  return members.length === 0
    ? []
    : [
        list(
          '[',
          members.map(({ key }) => quote(key)),
          ']',
        ),
      ];
}

export interface TaggedMembers {
  readonly tag: Tag;
  readonly tagged: readonly Shape[];
  readonly others: readonly Shape[];
}

/** The members of a union that one of their own literals tells apart, if there are several. */
export function taggedMembers(page: PageScope, members: readonly Shape[]): TaggedMembers | undefined {
  const { types } = page.model;
  const tagged = members.filter((member) => objectsOf(member, types).length > 0);
  if (tagged.length < 2) return undefined;
  const tag = tagOf(
    tagged.map((member) => objectsOf(member, types)),
    types,
  );
  return tag && { tag, tagged, others: members.filter((member) => !tagged.includes(member)) };
}

/** `case` lines for the values of one member's tag. */
export function emitCases(page: PageScope, values: readonly LiteralValue[]): void {
  for (const value of values) page.out.line(`case ${literalText(value)}:`);
}
