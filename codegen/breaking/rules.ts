/**
 * Rules: every kind of breaking change, with a name that never changes.
 *
 * There are two classes. `wire`: processes of the old and the new version cannot talk to each other, which they have to
 * while clusters restart one by one. `source`: they can, but code written against the contract has to change.
 * `docs/breaking.md` has the table; tests check that it is complete and that each rule has an example.
 */
export type RuleClass = 'wire' | 'source';

interface Rule {
  readonly breaks: RuleClass;
  /** What has changed, as the table in `docs/breaking.md` says it. */
  readonly title: string;
}

export const RULES = {
  CONTRACT_REMOVED: { breaks: 'wire', title: 'a contract was removed' },
  HANDLER_REMOVED: { breaks: 'wire', title: 'a handler was removed' },
  HANDLER_RENAMED: { breaks: 'wire', title: 'a handler was renamed' },
  HANDLER_IS_EVENT: { breaks: 'wire', title: 'a handler became an event' },
  EVENT_REMOVED: { breaks: 'wire', title: 'an event was removed' },
  EVENT_RENAMED: { breaks: 'wire', title: 'an event was renamed' },
  EVENT_IS_HANDLER: { breaks: 'wire', title: 'an event became a handler' },
  TYPE_CHANGED: { breaks: 'wire', title: 'a type was replaced by an incompatible one' },
  MEMBER_REQUIRED: { breaks: 'wire', title: 'a member is new and required, or no longer optional' },
  ALTERNATIVE_REMOVED: { breaks: 'wire', title: 'a member of a union is no longer accepted' },
  NUMBER_NARROWED: { breaks: 'wire', title: 'fewer numbers are accepted' },
  TEXT_NARROWED: { breaks: 'wire', title: 'fewer strings are accepted' },
  LENGTH_NARROWED: { breaks: 'wire', title: 'fewer lengths are accepted' },
  KEYS_NARROWED: { breaks: 'wire', title: 'fewer values are accepted under a key' },
  MEMBER_NOT_SENT: { breaks: 'wire', title: 'a member was removed, or is now optional' },
  ALTERNATIVE_ADDED: {
    breaks: 'wire',
    title: 'a union has a new member, which the previous version does not accept',
  },
  NUMBER_WIDENED: { breaks: 'wire', title: 'more numbers may be sent' },
  TEXT_WIDENED: { breaks: 'wire', title: 'more strings may be sent' },
  LENGTH_WIDENED: { breaks: 'wire', title: 'more lengths may be sent' },
  KEYS_WIDENED: { breaks: 'wire', title: 'more values may be sent under a key' },
  TARGET_CHANGED: { breaks: 'wire', title: 'calls go to a different target' },
  IDEMPOTENT_REMOVED: { breaks: 'wire', title: 'a handler is no longer idempotent' },
  DATA_WIDENED: { breaks: 'source', title: 'handlers receive data that they did not receive before' },
  RESULT_NARROWED: { breaks: 'source', title: 'handlers must return more, or may return less' },
  ERROR_REMOVED: { breaks: 'source', title: 'an error was removed' },
  THROWS_REMOVED: { breaks: 'source', title: 'a handler no longer declares an error' },
  REDUCE_CHANGED: { breaks: 'source', title: 'results are reduced differently' },
  PARTIAL_CHANGED: { breaks: 'source', title: 'a reduction treats failed clusters differently' },
  ACK_CHANGED: { breaks: 'source', title: 'an event is acknowledged at a different time' },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof RULES;

/** One breaking change. */
export interface Break {
  readonly rule: RuleId;
  /** The contract file: the new one, or the old one if it was removed. */
  readonly file: string;
  /** The contract or its member: `guilds.getGuildData`. */
  readonly subject: string;
  /** The path in the member: `data.guildId`; empty if the whole member is concerned. */
  readonly path: string;
  readonly message: string;
}

export function classOf(rule: RuleId): RuleClass {
  return RULES[rule].breaks;
}
