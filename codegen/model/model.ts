/**
 * The model: what the generator understood of the contracts.
 *
 * The model is all that the two halves of the generator share: the front end (the only room that knows ts-morph) builds
 * it, the emitters turn it into text, and the lock file and `shardwire breaking` read nothing else. To support another
 * type, add a member to `Shape`: the compiler then points at every `switch` that has to handle it.
 */
import type { MEMBER_TARGETS, FIXED_TARGETS, REDUCTIONS, REDUCTIONS_BY_KEY } from './option-table.js';

export type LiteralValue = string | number | boolean;

export type Shape =
  | { readonly kind: 'string' }
  | { readonly kind: 'number' }
  | { readonly kind: 'int' }
  | { readonly kind: 'uint' }
  | { readonly kind: 'snowflake' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'null' }
  /** TypeScript's `undefined` and `void`. */
  | { readonly kind: 'undefined' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'literal'; readonly value: LiteralValue }
  /** A string with constraints: `Str<...>`, a template literal, a string with JSDoc tags. */
  | { readonly kind: 'text'; readonly rules: TextRules }
  /** A number with bounds. */
  | { readonly kind: 'range'; readonly of: 'number' | 'int' | 'uint'; readonly bounds: Bounds }
  | { readonly kind: 'bigint' }
  | { readonly kind: 'date' }
  /** A `Uint8Array`, or Node's `Buffer`, which is one. */
  | { readonly kind: 'bytes'; readonly as: 'Uint8Array' | 'Buffer' }
  | { readonly kind: 'array'; readonly item: Shape; readonly bounds?: Bounds }
  | TupleShape
  | { readonly kind: 'set'; readonly item: Shape }
  | { readonly kind: 'map'; readonly key: Shape; readonly value: Shape }
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | RecordShape
  | { readonly kind: 'union'; readonly members: readonly Shape[] }
  /** One of the contract's types, by its name there. */
  | { readonly kind: 'named'; readonly name: string };

/** Inclusive limits of a number, of a length in characters or of a number of items. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

export interface TextRules extends Bounds {
  /** The source of a regular expression with the `u` flag, not anchored by itself: as in JSON Schema. */
  readonly pattern?: string;
  /** The pattern's name for messages, if it has one: `email`. */
  readonly format?: string;
  /** The template literal that the pattern was made from, as TypeScript writes it. */
  readonly template?: string;
}

/** `[...head, ...optional, ...rest, ...tail]`; a tuple with a tail has no optional elements. */
export interface TupleShape {
  readonly kind: 'tuple';
  readonly head: readonly Shape[];
  readonly optional: readonly Shape[];
  readonly rest?: Shape;
  readonly tail: readonly Shape[];
}

/** An object that may have keys which the contract does not name one by one. */
export interface RecordShape {
  readonly kind: 'record';
  /** The keys that the contract names. */
  readonly members: readonly Member[];
  /** Rules for all other keys: those with a pattern first, then at most one that applies to any key. */
  readonly rules: readonly KeyRule[];
}

export interface KeyRule {
  /** An anchored pattern that the keys match; without one the rule applies to any key. */
  readonly pattern?: string;
  /** The keys as TypeScript writes them: `string`, `\`x-${string}\``. */
  readonly keys: string;
  readonly value: Shape;
}

/** One member of an object. An optional member accepts `undefined`, whatever its shape. */
export interface Member {
  readonly key: string;
  readonly optional: boolean;
  readonly shape: Shape;
}

/** A named type. The name is unique within its contract. */
export interface NamedType {
  readonly name: string;
  readonly doc: string;
  readonly shape: Shape;
}

/** How the results of all clusters are combined into one value. */
export type Reduce =
  | { readonly by: (typeof REDUCTIONS)[number] }
  | { readonly by: (typeof REDUCTIONS_BY_KEY)[number]; readonly key: string };

/** Where `request` goes: to a fixed target, or to the cluster that a member of the data determines. */
export type Target =
  | { readonly by: 'place'; readonly place: (typeof FIXED_TARGETS)[number] }
  | { readonly by: (typeof MEMBER_TARGETS)[number]; readonly key: string };

export interface Retry {
  readonly attempts: number;
  readonly backoffMs: number;
}

export interface HandlerOptions {
  readonly timeoutMs?: number;
  readonly target?: Target;
  readonly idempotent?: boolean;
  readonly retry?: Retry;
  readonly reduce?: Reduce;
  readonly partial?: boolean;
  /** Names of the contract's errors. */
  readonly throws?: readonly string[];
}

export interface HandlerModel {
  readonly name: string;
  readonly doc: string;
  readonly input: Shape;
  readonly output: Shape;
  readonly options: HandlerOptions;
}

export interface EventOptions {
  readonly timeoutMs?: number;
  readonly ack?: 'received' | 'settled';
}

export interface EventModel {
  readonly name: string;
  readonly doc: string;
  readonly data: Shape;
  readonly options: EventOptions;
}

/** An error that handlers of the contract may throw. */
export interface ErrorModel {
  readonly name: string;
  readonly doc: string;
  readonly data: Shape;
}

export interface ContractModel {
  /** The first part of all wire names, and the key of the stubs in what `bind` returns. */
  readonly name: string;
  /** The contract file's name without its extension; the page has the same name. */
  readonly file: string;
  /** The contract file's path as messages and pages show it: relative to the root, with forward slashes. */
  readonly source: string;
  /** The names of the exported interfaces; `undefined` where the contract has none. */
  readonly handlersType: string | undefined;
  readonly eventsType: string | undefined;
  readonly errorsType: string | undefined;
  readonly handlers: readonly HandlerModel[];
  readonly events: readonly EventModel[];
  readonly errors: readonly ErrorModel[];
  /** The types that shapes refer to by name, in the order in which the contract mentions them. */
  readonly types: readonly NamedType[];
  /** The start of the hash of the contract file's text. A page without one never reports itself as stale. */
  readonly textHash?: string;
  /** Whether the contract has a branded primitive. No schema can have the same type as one, only a wider type. */
  readonly hasBrands?: boolean;
}
