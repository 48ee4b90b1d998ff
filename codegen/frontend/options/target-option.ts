/**
 * Target option: reads which cluster a call goes to.
 *
 * Whether the handler's data has the member that a target names is checked in `option-fit.ts`.
 */
import type { ts } from 'ts-morph';
import type { Target } from '../../model/model.js';
import { MEMBER_TARGETS, FIXED_TARGETS } from '../../model/option-table.js';
import { textOf } from './option-literals.js';
import type { OptionReader } from './option-reader.js';

/** A target that a member of the data determines, and the node of that member's name. */
export interface MemberTarget {
  readonly target: Exclude<Target, { by: 'place' }>;
  readonly node: ts.Node;
}

const TARGET_LIST = `${FIXED_TARGETS.map((name) => `'${name}'`).join(', ')}, { guild: <member> }, { shard: <member> } and { hash: <member> }`;

/** Reads a fixed target, or one that a member of the data determines; anything else is reported. */
export function readTarget(
  value: ts.Expression,
  path: string,
  reader: OptionReader,
): MemberTarget | { readonly target: Extract<Target, { by: 'place' }> } | undefined {
  const written = textOf(value);
  if (written === undefined) return readMemberTarget(value, path, reader);
  const place = FIXED_TARGETS.find((name) => name === written);
  if (place !== undefined) return { target: { by: 'place', place } };
  return unknownTarget(value, path, `'${written}'`, reader);
}

function readMemberTarget(
  value: ts.Expression,
  path: string,
  reader: OptionReader,
): MemberTarget | undefined {
  const [entry, second] = reader.entries(value, path);
  const by = MEMBER_TARGETS.find((name) => name === entry?.key);
  if (entry === undefined) return undefined;
  if (by === undefined || second !== undefined) {
    const { name, key } = second ?? entry;
    return unknownTarget(name, path, `\`${key}\``, reader);
  }
  const key = textOf(entry.value);
  if (key === undefined) {
    return reader.notWrittenOut(entry.value, `${path}.${by}`, 'the name of a member of the data');
  }
  return { target: { by, key }, node: entry.value };
}

function unknownTarget(node: ts.Node, path: string, what: string, reader: OptionReader): undefined {
  const message = `${path}: unknown target ${what}`;
  return reader.refuse(node, { code: 'SW3001', message, hint: `available targets: ${TARGET_LIST}` });
}
