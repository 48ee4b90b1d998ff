/**
 * Value specs: payloads that may be `null` or `undefined`, made from the value spec of the payload itself.
 */
import { isUndefined } from './checks.js';
import { undefined_, null_, union } from './shape.js';
import type { ValueSpec } from './value-spec.js';

/** Returns the value: the encoder and decoder of values that are sent unchanged. */
export function identity(value: unknown): unknown {
  return value;
}

/** The value spec of a handler without data or without a result, and of an event without data. */
export const noValue: ValueSpec = { is: isUndefined, pack: identity, shape: undefined_ };

/** Returns a value spec that accepts `null` as well. */
export function orNull({ is, pack, unpack, shape, toRow, fromRow }: ValueSpec): ValueSpec {
  return {
    is: (value) => value === null || is(value),
    pack: (value) => (value === null ? null : pack(value)),
    // Every decoder leaves `null` unchanged.
    ...(unpack === undefined ? {} : { unpack }),
    shape: union(shape, null_),
    ...(toRow && fromRow && { toRow: (value) => (value === null ? null : toRow(value)), fromRow }),
  };
}

/** Returns a value spec that accepts `undefined` as well. */
export function orUndefined({ is, pack, unpack, shape, toRow, fromRow }: ValueSpec): ValueSpec {
  return {
    is: (value) => value === undefined || is(value),
    pack: (value) => (value === undefined ? undefined : pack(value)),
    ...(unpack === undefined ? {} : { unpack }),
    shape: union(shape, undefined_),
    ...(toRow && fromRow && { toRow: (value) => (value === undefined ? undefined : toRow(value)), fromRow }),
  };
}
