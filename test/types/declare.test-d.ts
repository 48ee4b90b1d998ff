import { expectTypeOf } from 'vitest';
import type {
  Arr,
  ContractOptions,
  Errors,
  Events,
  Handlers,
  Int,
  Snowflake,
  Str,
  UInt,
} from 'shardwire/contract';

interface Guilds extends Handlers {
  getUserCount(): UInt;
  getShardCount(): Promise<number>;
  getGuildData(data: { guildId: Snowflake; limit?: number }): { name: string } | null;
  getTopGuild(): { name: string; members: UInt; since?: number } | null;
  getNames(): string[];
  isUp(): boolean;
  ofShard(data: { shardId: number }): string;
  reload(): void;
}

interface GuildErrors extends Errors {
  GuildUnavailable: { guildId: Snowflake };
}

interface GuildEvents extends Events {
  invalidateCache: { type: 'guild' | 'user'; id: Snowflake };
  configReload: void;
}

type Options = ContractOptions<Guilds, GuildEvents>;

// Everything there is.
export const good = {
  getUserCount: { timeout: 3_000, reduce: 'sum' },
  getShardCount: { reduce: 'max' },
  getGuildData: { target: { guild: 'guildId' } },
  getTopGuild: { reduce: { maxBy: 'members' } },
  invalidateCache: { timeout: 10_000 },
  configReload: {},
} as const satisfies Options;

expectTypeOf(good.getTopGuild.reduce.maxBy).toEqualTypeOf<'members'>();

// A contract with only one of the two interfaces.
export const onlyEvents = { configReload: { timeout: 1 } } as const satisfies ContractOptions<
  Handlers,
  GuildEvents
>;
export const onlyHandlers = { reload: { timeout: 1 } } as const satisfies ContractOptions<Guilds>;

// @ts-expect-error -- the name is misspelt
export const misspelt = { getUserCuont: { timeout: 1 } } as const satisfies Options;

export const everything = {
  getUserCount: { idempotent: true, retry: { attempts: 2, backoffMs: 50 }, reduce: 'avg', partial: true },
  getShardCount: { target: 'primary' },
  getGuildData: { target: { hash: 'guildId' }, throws: ['GuildUnavailable'], reduce: 'firstNonNull' },
  getNames: { target: 'manager', reduce: 'concat' },
  isUp: { target: 'self', reduce: 'every' },
  ofShard: { target: { shard: 'shardId' } },
  invalidateCache: { ack: 'settled' },
  configReload: { ack: 'received', timeout: 5 },
} as const satisfies ContractOptions<Guilds, GuildEvents, GuildErrors>;

// @ts-expect-error -- a call that may run twice must say that this does no harm
export const retry = { getUserCount: { retry: { attempts: 2 } } } as const satisfies Options;

export const retryOfHarm = {
  // @ts-expect-error -- and not say the opposite
  getUserCount: { idempotent: false, retry: { attempts: 2 } },
} as const satisfies Options;

// @ts-expect-error -- how often must be said
export const noAttempts = { getUserCount: { idempotent: true, retry: {} } } as const satisfies Options;

// @ts-expect-error -- there is nothing to reduce
export const partial = { getUserCount: { partial: true } } as const satisfies Options;

// @ts-expect-error -- no such moment
export const ack = { invalidateCache: { ack: 'later' } } as const satisfies Options;

// @ts-expect-error -- a handler does not acknowledge
export const handlerAck = { getUserCount: { ack: 'settled' } } as const satisfies Options;

// @ts-expect-error -- no such place
export const place = { getUserCount: { target: 'secondary' } } as const satisfies Options;

// @ts-expect-error -- a shard is a number
export const shardOfText = { getGuildData: { target: { shard: 'guildId' } } } as const satisfies Options;

// @ts-expect-error -- an optional member decides nothing
export const hashOfMaybe = { getGuildData: { target: { hash: 'limit' } } } as const satisfies Options;

// @ts-expect-error -- no error of this name
export const throwsUnknown = { getGuildData: { throws: ['NoSuchError'] } } as const satisfies ContractOptions<
  Guilds,
  GuildEvents,
  GuildErrors
>;

// @ts-expect-error -- numbers are not joined like booleans
export const everyNumber = { getUserCount: { reduce: 'every' } } as const satisfies Options;

// @ts-expect-error -- it is never null
export const firstNumber = { getUserCount: { reduce: 'firstNonNull' } } as const satisfies Options;

// @ts-expect-error -- an event has no target
export const eventTarget = { invalidateCache: { target: { guild: 'id' } } } as const satisfies Options;

// @ts-expect-error -- the data has no such member
export const wrongTarget = { getGuildData: { target: { guild: 'guild' } } } as const satisfies Options;

// @ts-expect-error -- the member is a number, and optional
export const numberTarget = { getGuildData: { target: { guild: 'limit' } } } as const satisfies Options;

// @ts-expect-error -- there is no data to look into
export const noData = { getUserCount: { target: { guild: 'guildId' } } } as const satisfies Options;

export const shardTarget = {
  // @ts-expect-error -- not a target
  getGuildData: { target: { guild: 'guildId', shard: 'limit' } },
} as const satisfies Options;

// @ts-expect-error -- objects have no sum
export const sumOfObjects = { getTopGuild: { reduce: 'sum' } } as const satisfies Options;

// @ts-expect-error -- arrays have no sum
export const sumOfArrays = { getNames: { reduce: 'sum' } } as const satisfies Options;

// @ts-expect-error -- an array has a length, but is not an object to choose
export const longest = { getNames: { reduce: { maxBy: 'length' } } } as const satisfies Options;

// @ts-expect-error -- there is no result
export const nothing = { reload: { reduce: 'sum' } } as const satisfies Options;

// @ts-expect-error -- the member is a string
export const byName = { getTopGuild: { reduce: { maxBy: 'name' } } } as const satisfies Options;

// @ts-expect-error -- the member may be missing
export const bySince = { getTopGuild: { reduce: { minBy: 'since' } } } as const satisfies Options;

export const both = {
  // @ts-expect-error -- one or the other
  getTopGuild: { reduce: { minBy: 'members', maxBy: 'members' } },
} as const satisfies Options;

// @ts-expect-error -- not a reduction
export const average = { getUserCount: { reduce: 'average' } } as const satisfies Options;

// @ts-expect-error -- milliseconds are a number
export const timeout = { getUserCount: { timeout: '3s' } } as const satisfies Options;

// Plain values can be used where a value type stands, and value types for each other.
expectTypeOf<string>().toExtend<Snowflake>();
expectTypeOf<Snowflake>().toExtend<string>();
expectTypeOf<number>().toExtend<UInt>();
expectTypeOf<UInt>().toExtend<Int>();
expectTypeOf<Int>().toExtend<UInt>();
expectTypeOf<number>().not.toExtend<Snowflake>();
expectTypeOf<null>().not.toExtend<UInt>();

// Constrained values: whatever has the right primitive compiles, and so do differently constrained ones.
declare const short: Str<{ max: 3 }>;
declare const long: Str<{ min: 100; pattern: '^a' }>;
declare const names: string[];
export const texts: readonly Str<{ max: 3 }>[] = ['a', short, long, names[0] ?? ''];
export const text: string = short;
export const few: Arr<string, { max: 3 }> = names;
export const many: string[] = few.map((name) => name);

// @ts-expect-error -- a number is no string, whatever its bounds
export const wrong: Str<{ max: 3 }> = 1;

// @ts-expect-error -- there is no such rule
export type Misspelt = Str<{ maximum: 3 }>;

// @ts-expect-error -- the items are numbers
export const items: Arr<number, { max: 3 }> = names;
