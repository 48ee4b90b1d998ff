/**
 * What contract files are written with (`shardwire/contract`).
 *
 * Types only: nothing here exists at run time. The generator knows these names by where they are declared,
 * so this file keeps its name. To add a value type, give `Phantom` another constraint name and teach it to the
 * generator's `constraintOf`; to add an option, add it here and to the generator's table of options.
 */
import type { InputOf, OutputOf } from './stubs.js';

/** Marks an interface whose members are handlers: `export interface Guilds extends Handlers { ... }`. */
export interface Handlers {}

/** Marks an interface whose members are events, each with the type of its data. */
export interface Events {}

/** Marks an interface whose members are errors that handlers throw, each with the type of its data. */
export interface Errors {}

declare const constraint: unique symbol;

/**
 * Carries a constraint through the type checker. The constraint sits in a type parameter that nothing uses,
 * so plain values stay assignable, and differently constrained ones to each other.
 */
export interface Phantom<_Constraint extends string, _Options = unknown> {
  /** Never set: makes the type an object type, which keeps its type parameters visible to the generator. */
  readonly [constraint]?: unknown;
}

/** A Discord id: 17 to 20 digits as a string. Any `string` compiles; the digits are checked at run time. */
export type Snowflake = string & Phantom<'snowflake'>;

/** A whole number, exact in JSON: `Number.isSafeInteger`. Any `number` compiles; checked at run time. */
export type Int = number & Phantom<'int'>;

/** A whole number from 0. Any `number` compiles; checked at run time. */
export type UInt = number & Phantom<'uint'>;

/** Bounds of a length, both included. */
export interface Bounds {
  /** The smallest length. Defaults to 0. */
  readonly min?: number;
  /** The largest length. Unlimited by default. */
  readonly max?: number;
}

/** The rules of a `Str`: its length in characters, and a pattern. */
export interface TextRules extends Bounds {
  /** The source of a regular expression with the `u` flag. Matches anywhere in the string unless anchored by `^` and `$`. */
  readonly pattern?: string;
}

/** A string of bounded length, or one that matches a pattern. Any `string` compiles; checked at run time. */
export type Str<Rules extends TextRules> = string & Phantom<'str', Rules>;

/** An array of bounded length. Any array of such items compiles; its length is checked at run time. */
export type Arr<Item, Limits extends Bounds> = Item[] & Phantom<'arr', Limits>;

/**
 * The options table of a contract, checked before any code is generated.
 *
 * Write it as `export const options = { ... } as const satisfies ContractOptions<Guilds, GuildEvents, GuildErrors>`. A
 * contract that has only events writes `ContractOptions<Handlers, GuildEvents>`.
 */
export type ContractOptions<H extends object, E extends object = Events, X extends object = Errors> = {
  readonly [K in keyof H]?: HandlerOptions<H[K], X>;
} & {
  readonly [K in keyof E]?: EventOptions;
};

/** Options of one handler. */
export type HandlerOptions<F, X = Errors> = CommonOptions<F, X> & RetryOptions & ReduceOptions<OutputOf<F>>;

/** Options that every handler may have. */
export interface CommonOptions<F, X> {
  /**
   * How long a caller waits unless it says otherwise, in milliseconds: 1 to 2 147 483 647. Covers all attempts of a
   * call that is retried. Defaults to 30 000.
   */
  readonly timeout?: number;
  /** Where `request` goes. Defaults to `'any'`. */
  readonly target?: TargetOption<InputOf<F>>;
  /** The errors that this handler throws, by their names: callers get them as instances of the generated classes. */
  readonly throws?: readonly (keyof X)[];
}

/**
 * Where `request` goes: any cluster that is available, cluster 0, the caller itself, the manager, the cluster that runs
 * a guild's or a shard's gateway, or the same cluster for equal values (as long as the number of clusters does not change).
 */
export type TargetOption<Data> =
  | 'any'
  | 'primary'
  | 'self'
  | 'manager'
  | {
      /** The member of the data that holds a guild's id. */
      readonly guild: KeysOf<Data, string>;
      readonly shard?: never;
      readonly hash?: never;
    }
  | {
      /** The member of the data that holds a shard's id. */
      readonly shard: KeysOf<Data, number>;
      readonly guild?: never;
      readonly hash?: never;
    }
  | {
      /** The member of the data whose value selects the cluster: equal values go to the same cluster. */
      readonly hash: KeysOf<Data, string | number>;
      readonly guild?: never;
      readonly shard?: never;
    };

/** Whether a handler may run twice for one call, and whether failed calls are retried. */
export type RetryOptions =
  | {
      /** Whether running the handler twice for one call has the same effect as running it once. Defaults to `false`. */
      readonly idempotent?: boolean;
      readonly retry?: never;
    }
  | {
      readonly idempotent: true;
      /** Repeats `request` and `requestTo` on `CLUSTER_UNAVAILABLE`, `CLUSTER_DIED` and `OVERLOADED`; on nothing else. */
      readonly retry: RetryOption;
    };

/** How calls of an idempotent handler are retried. */
export interface RetryOption {
  /** The largest number of attempts, the first one included: 2 to 10. */
  readonly attempts: number;
  /** The pause before the second attempt, in milliseconds; each further one is twice as long. Defaults to 100. */
  readonly backoffMs?: number;
}

/** How the results of all clusters are combined into one value, which gives the handler's stub `reduce()`. */
export type ReduceOptions<Result> =
  | { readonly reduce?: never; readonly partial?: never }
  | {
      /** How the results are combined. */
      readonly reduce: ReduceOption<Result>;
      /** Whether `reduce()` uses the available results if some clusters failed; by default it rejects. */
      readonly partial?: boolean;
    };

/** Options of one event. */
export interface EventOptions {
  /** How long `broadcastAndWait` waits unless the call says otherwise, in milliseconds. Defaults to 10 000. */
  readonly timeout?: number;
  /**
   * When a receiver acknowledges: as soon as its listeners were `'received'`, that is called, or when their promises
   * have `'settled'`, rejections included. Defaults to `'received'`.
   */
  readonly ack?: 'received' | 'settled';
}

/**
 * `sum`, `min`, `max` and `avg` combine numbers, `every` and `some` booleans, `concat` arrays. `maxBy` and `minBy` select
 * an object by one of its numbers and ignore `null`; `firstNonNull` selects the first result that is not `null`.
 */
export type ReduceOption<Result> =
  | ([Result] extends [number] ? 'sum' | 'min' | 'max' | 'avg' : never)
  | ([Result] extends [boolean] ? 'every' | 'some' : never)
  | ([Result] extends [readonly unknown[]] ? 'concat' : never)
  | (null extends Result ? 'firstNonNull' : never)
  | ReduceByKey<Exclude<Result, null>>;

type ReduceByKey<Result> = [Result] extends [readonly unknown[]]
  ? never
  : [Result] extends [object]
    ? ByKey<KeysOf<Result, number>>
    : never;

type ByKey<Key extends string> =
  { readonly maxBy: Key; readonly minBy?: never } | { readonly minBy: Key; readonly maxBy?: never };

/** The string keys of `T` whose values are always a `Value`. */
type KeysOf<T, Value, K extends keyof T = keyof T> = K extends string
  ? [T[K]] extends [Value]
    ? K
    : never
  : never;
