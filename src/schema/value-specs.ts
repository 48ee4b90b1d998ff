/**
 * Value specs: the words in which a page says what stands in a place, where a check and an encoder alone will not do.
 */
import { isAbsent } from './checks.js';
import { absent, nil, union } from './shape.js';
import type { ValueSpec } from './value-spec.js';

/** The encoder of values that hold nothing a contract could leave out. */
export function asIs(value: unknown): unknown {
  return value;
}

/** Where there is no data, or no result. */
export const nothing: ValueSpec = { is: isAbsent, pack: asIs, shape: absent };

/** A place where `null` fits too. */
export function orNull({ is, pack, unpack, shape, toRow, fromRow }: ValueSpec): ValueSpec {
  return {
    is: (value) => value === null || is(value),
    pack: (value) => (value === null ? null : pack(value)),
    // No decoder touches `null`, whatever it reads.
    ...(unpack === undefined ? {} : { unpack }),
    shape: union(shape, nil),
    ...(toRow && fromRow && { toRow: (value) => (value === null ? null : toRow(value)), fromRow }),
  };
}

/** A place that may be left empty. */
export function orNothing({ is, pack, unpack, shape, toRow, fromRow }: ValueSpec): ValueSpec {
  return {
    is: (value) => value === undefined || is(value),
    pack: (value) => (value === undefined ? undefined : pack(value)),
    ...(unpack === undefined ? {} : { unpack }),
    shape: union(shape, absent),
    ...(toRow && fromRow && { toRow: (value) => (value === undefined ? undefined : toRow(value)), fromRow }),
  };
}
