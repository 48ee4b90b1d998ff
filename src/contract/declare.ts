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
 * Write it as `export const options = { ... } as const satisfies ContractOptions<Guilds, GuildEvents>`. A contract
 * that has only events writes `ContractOptions<Handlers, GuildEvents>`.
 */
export type ContractOptions<H extends object, E extends object = Events> = {
  readonly [K in keyof H]?: HandlerOptions<H[K]>;
} & {
  readonly [K in keyof E]?: EventOptions;
};

/** What a contract may say about one handler, beside its types. */
export interface HandlerOptions<F> {
  /** How long a caller waits unless it says otherwise, in milliseconds: 1 to 2 147 483 647. Defaults to 30 000. */
  readonly timeout?: number;
  /** Sends `request` to the cluster that owns a guild. Defaults to any available cluster. */
  readonly target?: GuildTarget<InputOf<F>>;
  /** Makes one value of what all clusters answer, and gives the handler `reduce()`. */
  readonly reduce?: ReduceOption<OutputOf<F>>;
}

/** What a contract may say about one event, beside its type. */
export interface EventOptions {
  /** How long `broadcastAndWait` waits unless the call says otherwise, in milliseconds. Defaults to 10 000. */
  readonly timeout?: number;
}

/** Names the member of the data that holds the guild's id: a required `Snowflake`. */
export interface GuildTarget<Data> {
  readonly guild: KeysOf<Data, string>;
}

/** Numbers are added or compared; objects are compared by one of their numbers, and `null` is left out. */
export type ReduceOption<Result> = [Result] extends [number]
  ? 'sum' | 'min' | 'max'
  : [Exclude<Result, null>] extends [readonly unknown[]]
    ? never
    : [Exclude<Result, null>] extends [object]
      ? ByKey<KeysOf<Exclude<Result, null>, number>>
      : never;

type ByKey<Key extends string> =
  { readonly maxBy: Key; readonly minBy?: never } | { readonly minBy: Key; readonly maxBy?: never };

/** The string keys of `T` whose values are always a `Value`. */
type KeysOf<T, Value, K extends keyof T = keyof T> = K extends string
  ? [T[K]] extends [Value]
    ? K
    : never
  : never;
