/** What has several of an enum's members at once. */
import type { APIMessage, APIUser, UserFlags } from 'discord.js';
import type { Events, Handlers } from 'shardwire/contract';

/** Counts, so a value is one of them. */
declare enum Priority {
  Low = 0,
  Middle = 1,
  High = 2,
}

export interface Flags extends Handlers {
  whoHas(flags: UserFlags): string[];
}

export interface FlagEvents extends Events {
  user: Pick<APIUser, 'id' | 'username' | 'flags' | 'public_flags'>;
  message: Pick<APIMessage, 'id' | 'flags'> & { priority: Priority };
  choice: { only: UserFlags.Staff | UserFlags.Partner; maybe: UserFlags | null };
}
