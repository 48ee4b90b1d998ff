/**
 * The model: what the generator understood of the contracts.
 *
 * Everything between reading and writing speaks of this and nothing else: the front end (the only place that knows
 * ts-morph) makes it, the emitters turn it into text. To support another type, add a member to `Shape`: the compiler
 * then points at every `switch` that has to learn it.
 */

import type { MEMBER_TARGETS, PLACES, REDUCTIONS, REDUCTIONS_BY_KEY } from './option-table.js';

export type LiteralValue = string | number | boolean;

export type Shape =
  | { readonly kind: 'string' }
  | { readonly kind: 'number' }
  | { readonly kind: 'int' }
  | { readonly kind: 'uint' }
  | { readonly kind: 'snowflake' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'null' }
  /** `undefined` and `void`. */
  | { readonly kind: 'absent' }
  /** `unknown`. */
  | { readonly kind: 'anything' }
  | { readonly kind: 'literal'; readonly value: LiteralValue }
  /** A string that keeps to rules: `Str<...>`, a template literal, a string with JSDoc tags. */
  | { readonly kind: 'text'; readonly rules: TextRules }
  /** A number between bounds. */
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

/** From and to, both included: of a number, of a length in characters, of a number of items. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

export interface TextRules extends Bounds {
  /** The source of a regular expression with the `u` flag, not anchored by itself: as in JSON Schema. */
  readonly pattern?: string;
  /** What messages call it, if the pattern has a name: `email`. */
  readonly format?: string;
  /** The template literal that the pattern was made of, as TypeScript writes it. */
  readonly template?: string;
}

/** `[...head, ...optional, ...rest, ...tail]`; what has a tail has nothing optional. */
export interface TupleShape {
  readonly kind: 'tuple';
  readonly head: readonly Shape[];
  readonly optional: readonly Shape[];
  readonly rest?: Shape;
  readonly tail: readonly Shape[];
}

/** An object with keys that the contract does not name one by one. */
export interface RecordShape {
  readonly kind: 'record';
  /** The keys that it does name. */
  readonly members: readonly Member[];
  /** For the others: those with a pattern first, then at most one for any key. */
  readonly rules: readonly KeyRule[];
}

export interface KeyRule {
  /** Which keys, anchored; any key if there is none. */
  readonly pattern?: string;
  /** The keys as TypeScript writes them: `string`, `\`x-${string}\``. */
  readonly keys: string;
  readonly value: Shape;
}

/** One member of an object. `undefined` fits an optional one, whatever its shape. */
export interface Member {
  readonly key: string;
  readonly optional: boolean;
  readonly shape: Shape;
}

/** A type with a name of its own, unique in its contract. */
export interface NamedType {
  readonly name: string;
  readonly doc: string;
  readonly shape: Shape;
}

/** How the results of all clusters become one value. */
export type Reduce =
  | { readonly by: (typeof REDUCTIONS)[number] }
  | { readonly by: (typeof REDUCTIONS_BY_KEY)[number]; readonly key: string };

/** Where `request` goes: a place, or where a member of the data says. */
export type Target =
  | { readonly by: 'place'; readonly place: (typeof PLACES)[number] }
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

/** An error that handlers may throw. */
export interface ErrorModel {
  readonly name: string;
  readonly doc: string;
  readonly data: Shape;
}

export interface ContractModel {
  /** The first part of the wire names, and the name under which `bind` gives the stubs. */
  readonly name: string;
  /** The contract file's name without its ending; the page is named like it. */
  readonly file: string;
  /** The contract file as messages and pages show it: relative to the root, with forward slashes. */
  readonly source: string;
  /** The names of the exported interfaces; `undefined` where the contract has none. */
  readonly handlersType: string | undefined;
  readonly eventsType: string | undefined;
  readonly errorsType: string | undefined;
  readonly handlers: readonly HandlerModel[];
  readonly events: readonly EventModel[];
  readonly errors: readonly ErrorModel[];
  /** What the shapes refer to by name, in the order in which the contract mentions it. */
  readonly types: readonly NamedType[];
  /** The beginning of the hash of the contract file's text; a page without one never calls itself stale. */
  readonly textHash?: string;
  /** A primitive in it is branded: its type says more than its values, so that no schema has the same type. */
  readonly hasBrands?: boolean;
}
