/**
 * Payload breaks: what a change to the data or the result of a handler, to an event or to an error breaks.
 *
 * New handlers must accept what old callers send, and old callers must accept the results and errors of new handlers.
 * Events go both ways: during a rolling restart, clusters of both versions send and listen.
 */
import type { NamedType, Shape } from '../model/model.js';
import type { Change, Difference } from './difference.js';
import { erase, eraseTypes } from './erase.js';
import type { Break, RuleId } from './rules.js';
import { ShapeComparison } from './shape-differences.js';

export type PayloadRole = 'data' | 'result' | 'event' | 'error';

/** One version of a payload's type. */
export interface PayloadVersion {
  readonly types: readonly NamedType[];
  readonly shape: Shape;
}

/** A break without the contract member that it belongs to. */
export type BreakDetail = Pick<Break, 'rule' | 'path' | 'message'>;

const REJECTED_NOW: Readonly<Record<Change, RuleId>> = {
  type: 'TYPE_CHANGED',
  missing: 'MEMBER_REQUIRED',
  optional: 'MEMBER_REQUIRED',
  alternative: 'ALTERNATIVE_REMOVED',
  number: 'NUMBER_NARROWED',
  text: 'TEXT_NARROWED',
  length: 'LENGTH_NARROWED',
  keys: 'KEYS_NARROWED',
};

const REJECTED_BEFORE: Readonly<Record<Change, RuleId>> = {
  type: 'TYPE_CHANGED',
  missing: 'MEMBER_NOT_SENT',
  optional: 'MEMBER_NOT_SENT',
  alternative: 'ALTERNATIVE_ADDED',
  number: 'NUMBER_WIDENED',
  text: 'TEXT_WIDENED',
  length: 'LENGTH_WIDENED',
  keys: 'KEYS_WIDENED',
};

/** @param root - The first part of paths into the payload: `data`, `result`. */
export function payloadBreaks(
  role: PayloadRole,
  root: string,
  before: PayloadVersion,
  now: PayloadVersion,
): readonly BreakDetail[] {
  const onWire = [
    ...(role === 'data' || role === 'event' ? rejectedNow(root, before, now) : []),
    ...(role === 'data' ? [] : rejectedBefore(root, before, now)),
  ];
  const known = new Set(onWire.map(({ path }) => path));
  const inSource = role === 'event' ? [] : sourceBreaks(role, root, before, now);
  return withoutDuplicates([...onWire, ...inSource.filter(({ path }) => !known.has(path))]);
}

function rejectedNow(root: string, before: PayloadVersion, now: PayloadVersion): readonly BreakDetail[] {
  return differencesOf(before, now).map(({ change, path, sent, accepted }) => ({
    rule: REJECTED_NOW[change],
    path: root + path,
    message:
      stricterMember(change, accepted) ??
      `the previous version may send ${sent}; now only ${accepted} is accepted`,
  }));
}

function rejectedBefore(root: string, before: PayloadVersion, now: PayloadVersion): readonly BreakDetail[] {
  return differencesOf(now, before).map(({ change, path, sent, accepted }) => ({
    rule: REJECTED_BEFORE[change],
    path: root + path,
    message:
      looserMember(change, accepted) ?? `may now be ${sent}; the previous version accepts only ${accepted}`,
  }));
}

/** Breaks in the code of handlers. Handlers read data and write results, so both directions are the reverse of a caller's. */
function sourceBreaks(
  role: PayloadRole,
  root: string,
  before: PayloadVersion,
  now: PayloadVersion,
): readonly BreakDetail[] {
  const [previous, current] = [erased(before), erased(now)];
  if (role === 'data') {
    return differencesOf(current, previous).map(({ change, path, sent, accepted }) => ({
      rule: 'DATA_WIDENED',
      path: root + path,
      message:
        looserMember(change, accepted) ?? `handlers must now handle ${sent}; the type used to be ${accepted}`,
    }));
  }
  return differencesOf(previous, current).map(({ change, path, sent, accepted }) => ({
    rule: 'RESULT_NARROWED',
    path: root + path,
    message:
      stricterMember(change, accepted) ??
      `handlers used to return ${sent}; the result type is now ${accepted}`,
  }));
}

/** The message for a member that has become required; `undefined` for other differences. */
function stricterMember(change: Change, type: string): string | undefined {
  if (change === 'missing') return `new required member (${type})`;
  return change === 'optional' ? `the member is now required (${type})` : undefined;
}

/** The message for a member that is no longer required; `undefined` for other differences. */
function looserMember(change: Change, type: string): string | undefined {
  if (change === 'missing') return `the member was removed (${type})`;
  return change === 'optional' ? `the member is now optional (${type})` : undefined;
}

function erased({ types, shape }: PayloadVersion): PayloadVersion {
  return { types: eraseTypes(types), shape: erase(shape) };
}

function differencesOf(sent: PayloadVersion, accepted: PayloadVersion): readonly Difference[] {
  return new ShapeComparison(sent.types, accepted.types).compare(sent.shape, accepted.shape);
}

/** A changed type of an event is found in both directions, and reported once. */
function withoutDuplicates(breaks: readonly BreakDetail[]): readonly BreakDetail[] {
  return breaks.filter((one, i) => {
    const first = breaks.findIndex(({ rule, path }) => rule === one.rule && path === one.path);
    return one.rule !== 'TYPE_CHANGED' || first === i;
  });
}
