/**
 * The model: what the generator understood of the contracts.
 *
 * Everything between reading and writing speaks of this and nothing else: the front end (the only place that knows
 * ts-morph) makes it, the emitters turn it into text. To support another type, add a member to `Shape`: the compiler
 * then points at every `switch` that has to learn it.
 */

import type { MEMBER_TARGETS, PLACES, REDUCTIONS, REDUCTIONS_BY_KEY } from './options.js';

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
  | { readonly kind: 'array'; readonly item: Shape }
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'union'; readonly members: readonly Shape[] }
  /** One of the contract's types, by its name there. */
  | { readonly kind: 'named'; readonly name: string };

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
}
