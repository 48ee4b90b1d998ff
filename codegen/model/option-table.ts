/**
 * Options: which there are, for handlers and for events.
 *
 * `shardwire/contract` says the same to TypeScript. An option that does nothing yet is in neither.
 */
export const HANDLER_OPTIONS = [
  'timeout',
  'target',
  'idempotent',
  'retry',
  'reduce',
  'partial',
  'throws',
] as const;

export const EVENT_OPTIONS = ['timeout', 'ack'] as const;

export const PLACES = ['any', 'primary', 'self', 'manager'] as const;

/** Targets that a member of the data decides. */
export const MEMBER_TARGETS = ['guild', 'shard', 'hash'] as const;

export const REDUCTIONS = ['sum', 'min', 'max', 'avg', 'every', 'some', 'concat', 'firstNonNull'] as const;

export const REDUCTIONS_BY_KEY = ['maxBy', 'minBy'] as const;

/** The longest that a timer can wait. */
export const MAX_TIMEOUT_MS = 2_147_483_647;

export const MIN_ATTEMPTS = 2;
export const MAX_ATTEMPTS = 10;
/** The pause before a second attempt, unless the contract says otherwise. */
export const DEFAULT_BACKOFF_MS = 100;
