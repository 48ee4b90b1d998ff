/**
 * What contract files are written with (`shardwire/contract`).
 *
 * Types only: nothing here exists at run time. The generator knows these names by where they are declared,
 * so this file keeps its name. To add a value type, give `Phantom` another word and teach it to the
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
  readonly [constraint]?: unknown;
}

/** A Discord id: 17 to 20 digits as a string. Any `string` compiles; the digits are checked at run time. */
export type Snowflake = string & Phantom<'snowflake'>;

/** A whole number, exact in JSON: `Number.isSafeInteger`. Any `number` compiles; checked at run time. */
export type Int = number & Phantom<'int'>;

/** A whole number from 0. Any `number` compiles; checked at run time. */
export type UInt = number & Phantom<'uint'>;

/** From and to, both included. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

export interface TextRules extends Bounds {
  /** A regular expression with the `u` flag. It matches anywhere unless it says `^` and `$`. */
  readonly pattern?: string;
}

/** A string of so many characters that matches a pattern. Any `string` compiles; checked at run time. */
export type Str<Rules extends TextRules> = string & Phantom<'str', Rules>;

/** An array of so many items. Any array of such items compiles; the number is checked at run time. */
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

/** What a contract may say about one handler, beside its types. */
export type HandlerOptions<F, X = Errors> = CommonOptions<F, X> & RetryOptions & ReduceOptions<OutputOf<F>>;

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
 * a guild's or a shard's gateway, or one and the same cluster for equal values (as long as their number stays).
 */
export type TargetOption<Data> =
  | 'any'
  | 'primary'
  | 'self'
  | 'manager'
  | { readonly guild: KeysOf<Data, string>; readonly shard?: never; readonly hash?: never }
  | { readonly shard: KeysOf<Data, number>; readonly guild?: never; readonly hash?: never }
  | { readonly hash: KeysOf<Data, string | number>; readonly guild?: never; readonly shard?: never };

/** Whether a call may run twice, and then whether it is made again when it failed to reach or finish on a cluster. */
export type RetryOptions =
  | {
      /** Running it twice is as good as running it once. */
      readonly idempotent?: boolean;
      readonly retry?: never;
    }
  | {
      readonly idempotent: true;
      /** Repeats `request` and `requestTo` on `CLUSTER_UNAVAILABLE`, `CLUSTER_DIED` and `OVERLOADED`; on nothing else. */
      readonly retry: RetryOption;
    };

export interface RetryOption {
  /** How often the call is made at most, the first time included: 2 to 10. */
  readonly attempts: number;
  /** The pause before the second attempt, in milliseconds; each further one is twice as long. Defaults to 100. */
  readonly backoffMs?: number;
}

/** How the results of all clusters become one value: gives the handler `reduce()`. */
export type ReduceOptions<Result> =
  | { readonly reduce?: never; readonly partial?: never }
  | {
      readonly reduce: ReduceOption<Result>;
      /** Reduce what there is when some clusters failed. Without it `reduce()` rejects if any did. */
      readonly partial?: boolean;
    };

/** What a contract may say about one event, beside its type. */
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
 * Numbers are added, compared or averaged; booleans joined; arrays put end to end; objects compared by one of their
 * numbers, `null` left out; of results that may be `null` the first that is not is taken.
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
