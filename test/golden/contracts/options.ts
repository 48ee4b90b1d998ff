/**
 * Every option there is.
 */
import type { ContractOptions, Errors, Events, Handlers, Snowflake, UInt } from 'shardwire/contract';

export interface OptionErrors extends Errors {
  /** Comes back later. */
  Busy: { retryAfterMs: UInt };
  Gone: void;
}

export interface Options extends Handlers {
  anywhere(): string;
  onPrimary(): string;
  here(): string;
  onManager(data: { name: string }): UInt;
  byGuild(data: { guildId: Snowflake }): string | null;
  byShard(data: { shardId: UInt }): string;
  byHash(data: { key: string | number }): string;
  retried(): UInt;
  average(): number;
  allGood(): boolean;
  lists(): string[];
  firstFound(): { name: string } | null;
}

export interface OptionEvents extends Events {
  settled: { id: Snowflake };
  received: void;
}

export const options = {
  anywhere: { target: 'any', timeout: 250 },
  onPrimary: { target: 'primary' },
  here: { target: 'self' },
  onManager: { target: 'manager' },
  byGuild: { target: { guild: 'guildId' }, throws: ['Busy', 'Gone'] },
  byShard: { target: { shard: 'shardId' } },
  byHash: { target: { hash: 'key' } },
  retried: { idempotent: true, retry: { attempts: 3 } },
  average: { reduce: 'avg', partial: true },
  allGood: { reduce: 'every' },
  lists: { reduce: 'concat' },
  firstFound: { reduce: 'firstNonNull' },
  settled: { ack: 'settled', timeout: 500 },
  received: { ack: 'received' },
} as const satisfies ContractOptions<Options, OptionEvents, OptionErrors>;
