/** What has several of an enum's members at once. */
import type { Events, Handlers } from 'shardwire/contract';

/** Bits, as Discord's flags are. */
declare enum UserFlags {
  Staff = 1,
  Partner = 2,
  Hypesquad = 4,
  Collaborator = 1125899906842624,
}

/** Counts, so a value is one of them. */
declare enum Priority {
  Low = 0,
  Middle = 1,
  High = 2,
}

interface User {
  id: string;
  public_flags?: UserFlags;
}

export interface Flags extends Handlers {
  whoHas(flags: UserFlags): string[];
}

export interface FlagEvents extends Events {
  user: User & { priority: Priority };
  choice: { only: UserFlags.Staff | UserFlags.Partner; maybe: UserFlags | null };
}
