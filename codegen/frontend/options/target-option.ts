/**
 * Target option: which cluster a call goes to, as it is written.
 *
 * Whether the handler's data has the member that a target names is not known here (`option-fit.ts`).
 */
import type { ts } from 'ts-morph';
import type { Target } from '../../model/model.js';
import { MEMBER_TARGETS, PLACES } from '../../model/option-table.js';
import { textOf } from './option-literals.js';
import type { OptionText } from './option-text.js';

/** A target that a member of the data decides, and where its name is written. */
export interface MemberTarget {
  readonly target: Exclude<Target, { by: 'place' }>;
  readonly node: ts.Node;
}

const TARGET_LIST = `${PLACES.map((name) => `'${name}'`).join(', ')}, { guild: <member> }, { shard: <member> } and { hash: <member> }`;

/** A target that needs no data, or one that a member decides; what is neither is reported. */
export function readTarget(
  value: ts.Expression,
  path: string,
  text: OptionText,
): MemberTarget | { readonly target: Extract<Target, { by: 'place' }> } | undefined {
  const written = textOf(value);
  if (written === undefined) return readMemberTarget(value, path, text);
  const place = PLACES.find((name) => name === written);
  if (place !== undefined) return { target: { by: 'place', place } };
  return unknownTarget(value, path, `'${written}'`, text);
}

function readMemberTarget(value: ts.Expression, path: string, text: OptionText): MemberTarget | undefined {
  const [entry, second] = text.entries(value, path);
  const by = MEMBER_TARGETS.find((name) => name === entry?.key);
  if (entry === undefined) return undefined;
  if (by === undefined || second !== undefined) {
    const { name, key } = second ?? entry;
    return unknownTarget(name, path, `\`${key}\``, text);
  }
  const key = textOf(entry.value);
  if (key === undefined) {
    return text.notWrittenOut(entry.value, `${path}.${by}`, 'the name of a member of the data');
  }
  return { target: { by, key }, node: entry.value };
}

function unknownTarget(node: ts.Node, path: string, what: string, text: OptionText): undefined {
  const message = `${path}: ${what} is not a target (yet)`;
  return text.refuse(node, { code: 'SW3001', message, hint: `there are ${TARGET_LIST}` });
}
