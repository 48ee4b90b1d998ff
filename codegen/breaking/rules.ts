/**
 * Rules: every change that breaks something, by a name that never changes.
 *
 * Two classes. `wire`: a process of before and a process of now no longer understand each other, as they have to while
 * clusters restart one after the other. `source`: they do, but code that was written against the contract has to change.
 * `docs/breaking.md` has the table; tests hold that it is complete and that each rule has an example.
 */
export type RuleClass = 'wire' | 'source';

interface Rule {
  readonly breaks: RuleClass;
  /** What has happened, after "the contract has". */
  readonly title: string;
}

export const RULES = {
  CONTRACT_REMOVED: { breaks: 'wire', title: 'a contract is gone' },
  HANDLER_REMOVED: { breaks: 'wire', title: 'a handler is gone' },
  HANDLER_RENAMED: { breaks: 'wire', title: 'a handler has another name' },
  HANDLER_IS_EVENT: { breaks: 'wire', title: 'a handler has become an event' },
  EVENT_REMOVED: { breaks: 'wire', title: 'an event is gone' },
  EVENT_RENAMED: { breaks: 'wire', title: 'an event has another name' },
  EVENT_IS_HANDLER: { breaks: 'wire', title: 'an event has become a handler' },
  TYPE_CHANGED: { breaks: 'wire', title: 'something else stands in a place' },
  MEMBER_REQUIRED: { breaks: 'wire', title: 'what could be left out is expected' },
  ALTERNATIVE_REMOVED: { breaks: 'wire', title: 'a member of a union is no longer accepted' },
  NUMBER_NARROWED: { breaks: 'wire', title: 'fewer numbers are accepted' },
  TEXT_NARROWED: { breaks: 'wire', title: 'fewer texts are accepted' },
  LENGTH_NARROWED: { breaks: 'wire', title: 'fewer lengths are accepted' },
  KEYS_NARROWED: { breaks: 'wire', title: 'less may stand under a key' },
  MEMBER_NOT_SENT: { breaks: 'wire', title: 'what was always there may be missing' },
  ALTERNATIVE_ADDED: { breaks: 'wire', title: 'a union has a member that nobody knows yet' },
  NUMBER_WIDENED: { breaks: 'wire', title: 'more numbers may come' },
  TEXT_WIDENED: { breaks: 'wire', title: 'more texts may come' },
  LENGTH_WIDENED: { breaks: 'wire', title: 'more lengths may come' },
  KEYS_WIDENED: { breaks: 'wire', title: 'more may stand under a key' },
  TARGET_CHANGED: { breaks: 'wire', title: 'calls go elsewhere' },
  IDEMPOTENT_REMOVED: { breaks: 'wire', title: 'a handler may no longer run twice' },
  DATA_WIDENED: { breaks: 'source', title: 'handlers meet data that they did not meet before' },
  RESULT_NARROWED: { breaks: 'source', title: 'handlers have to give more, or may give less' },
  ERROR_REMOVED: { breaks: 'source', title: 'an error is gone' },
  THROWS_REMOVED: { breaks: 'source', title: 'a handler no longer declares an error' },
  REDUCE_CHANGED: { breaks: 'source', title: 'results are reduced in another way' },
  PARTIAL_CHANGED: { breaks: 'source', title: 'a reduction treats failed clusters in another way' },
  ACK_CHANGED: { breaks: 'source', title: 'an event is acknowledged at another time' },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof RULES;

/** One thing that a change breaks. */
export interface Break {
  readonly rule: RuleId;
  /** The contract file of now, or of before where it is gone. */
  readonly file: string;
  /** What it is about: `guilds.getGuildData`. */
  readonly subject: string;
  /** Where in it: `data.guildId`; empty if it is about the whole. */
  readonly path: string;
  readonly message: string;
}

export function classOf(rule: RuleId): RuleClass {
  return RULES[rule].breaks;
}
