/**
 * Contract options: the names and values that the `options` table of a contract may have.
 *
 * `ContractOptions` in `shardwire/contract` declares the same for TypeScript. An option without an effect is in neither.
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

/** Targets that are the same for every call. */
export const FIXED_TARGETS = ['any', 'primary', 'self', 'manager'] as const;

/** Targets that a member of the call's data determines. */
export const MEMBER_TARGETS = ['guild', 'shard', 'hash'] as const;

export const REDUCTIONS = ['sum', 'min', 'max', 'avg', 'every', 'some', 'concat', 'firstNonNull'] as const;

export const REDUCTIONS_BY_KEY = ['maxBy', 'minBy'] as const;

/** The longest delay of a Node.js timer, in milliseconds. */
export const MAX_TIMEOUT_MS = 2_147_483_647;

export const MIN_ATTEMPTS = 2;
export const MAX_ATTEMPTS = 10;
/** The default pause before the second attempt, in milliseconds. */
export const DEFAULT_BACKOFF_MS = 100;
