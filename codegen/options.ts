/**
 * Options: which there are, for handlers and for events.
 *
 * `shardwire/contract` says the same to TypeScript. An option that does nothing yet is in neither.
 */
export const HANDLER_OPTIONS = ['timeout', 'target', 'reduce'] as const;

export const EVENT_OPTIONS = ['timeout'] as const;

/** The longest that a timer can wait. */
export const MAX_TIMEOUT_MS = 2_147_483_647;
