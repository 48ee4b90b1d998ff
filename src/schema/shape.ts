/**
 * Shapes: the types of a contract as plain data.
 *
 * A generated page checks values with functions; a shape says the same once more for the one case in which a
 * value does not fit and somebody wants to know where and why (`explain`). The constructors are what pages
 * are written with. To teach it a type, add a member to `Shape`: the compiler then points at every `switch`.
 */

/** What a literal type can hold. */
export type LiteralValue = string | number | boolean;

export type Shape =
  | { readonly kind: 'string' }
  | { readonly kind: 'number' }
  | { readonly kind: 'int' }
  | { readonly kind: 'uint' }
  | { readonly kind: 'snowflake' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'null' }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'literal'; readonly value: LiteralValue }
  | { readonly kind: 'text'; readonly rules: TextRules }
  | { readonly kind: 'range'; readonly of: 'number' | 'int' | 'uint'; readonly bounds: Bounds }
  | { readonly kind: 'bigint' }
  | { readonly kind: 'date' }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'buffer' }
  | { readonly kind: 'array'; readonly item: Shape; readonly bounds: Bounds }
  | { readonly kind: 'tuple'; readonly items: TupleItems }
  | { readonly kind: 'set'; readonly item: Shape }
  | { readonly kind: 'map'; readonly key: Shape; readonly value: Shape }
  | { readonly kind: 'object'; readonly members: ShapeMembers }
  | { readonly kind: 'record'; readonly members: ShapeMembers; readonly rules: readonly KeyRule[] }
  | { readonly kind: 'optional'; readonly shape: Shape }
  | { readonly kind: 'union'; readonly members: readonly Shape[] }
  | { readonly kind: 'ref'; readonly to: () => Shape };

export interface ShapeMembers {
  readonly [key: string]: Shape;
}

/** From and to, both included. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

export interface TextRules extends Bounds {
  readonly pattern?: RegExp;
  /** What messages call a text that matches the pattern. */
  readonly format?: string;
}

/** `[...head, ...optional, ...rest, ...tail]` */
export interface TupleItems {
  readonly head: readonly Shape[];
  readonly optional?: readonly Shape[];
  readonly rest?: Shape;
  readonly tail?: readonly Shape[];
}

/** What stands under the keys that are not named one by one. The first rule that fits a key holds. */
export interface KeyRule {
  /** Any key, if there is none. */
  readonly pattern?: RegExp;
  readonly value: Shape;
}

export const string: Shape = { kind: 'string' };
/** A finite number. */
export const number: Shape = { kind: 'number' };
/** A safe integer. */
export const int: Shape = { kind: 'int' };
/** A safe integer from 0. */
export const uint: Shape = { kind: 'uint' };
export const snowflake: Shape = { kind: 'snowflake' };
export const boolean: Shape = { kind: 'boolean' };
export const null_: Shape = { kind: 'null' };
/** `undefined`, or no such member. */
export const undefined_: Shape = { kind: 'undefined' };
export const unknown: Shape = { kind: 'unknown' };

export const bigint: Shape = { kind: 'bigint' };
/** A `Date` that holds a time. */
export const date: Shape = { kind: 'date' };
/** A `Uint8Array`. */
export const bytes: Shape = { kind: 'bytes' };
export const buffer: Shape = { kind: 'buffer' };

export function text(rules: TextRules): Shape {
  return { kind: 'text', rules };
}

export function range(of: 'number' | 'int' | 'uint', bounds: Bounds): Shape {
  return { kind: 'range', of, bounds };
}

export function literal(value: LiteralValue): Shape {
  return { kind: 'literal', value };
}

export function array(item: Shape, bounds: Bounds = {}): Shape {
  return { kind: 'array', item, bounds };
}

export function tuple(items: TupleItems): Shape {
  return { kind: 'tuple', items };
}

export function set(item: Shape): Shape {
  return { kind: 'set', item };
}

export function map(key: Shape, value: Shape): Shape {
  return { kind: 'map', key, value };
}

export function record(members: ShapeMembers, ...rules: readonly KeyRule[]): Shape {
  return { kind: 'record', members, rules };
}

export function object(members: ShapeMembers): Shape {
  return { kind: 'object', members };
}

export function optional(shape: Shape): Shape {
  return { kind: 'optional', shape };
}

export function union(...members: readonly Shape[]): Shape {
  return { kind: 'union', members };
}

/** A type inside itself. Each one followed counts as a level of nesting (`MAX_DEPTH`). */
export function ref(to: () => Shape): Shape {
  return { kind: 'ref', to };
}
