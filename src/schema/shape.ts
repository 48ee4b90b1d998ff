/**
 * Shapes: the types of a contract as plain data.
 *
 * A generated page checks values with functions. A shape describes the same type for the one case in which a value does not
 * fit: `explain` walks it to tell where and why. Pages call the constructors below. To add a type, add a member to `Shape`:
 * the compiler then points at every `switch`.
 */

/** The value of a literal type. */
export type LiteralValue = string | number | boolean;

/** A type of a contract as data, tagged by `kind`. */
export type Shape =
  | {
      /** The kind of type. */
      readonly kind: 'string';
    }
  | { readonly kind: 'number' }
  | { readonly kind: 'int' }
  | { readonly kind: 'uint' }
  | { readonly kind: 'snowflake' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'null' }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'literal';
      /** The literal, or the type of a map's values. */
      readonly value: LiteralValue;
    }
  | {
      readonly kind: 'text';
      /** The rules of a text, or those for the keys of a record. */
      readonly rules: TextRules;
    }
  | {
      readonly kind: 'range';
      /** The kind of number. */
      readonly of: 'number' | 'int' | 'uint';
      /** The bounds of a number, or of an array's length. */
      readonly bounds: Bounds;
    }
  | { readonly kind: 'bigint' }
  | { readonly kind: 'date' }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'buffer' }
  | {
      readonly kind: 'array';
      /** The type of the items. */
      readonly item: Shape;
      readonly bounds: Bounds;
    }
  | {
      readonly kind: 'tuple';
      /** The types of the items, by position. */
      readonly items: TupleItems;
    }
  | { readonly kind: 'set'; readonly item: Shape }
  | {
      readonly kind: 'map';
      /** The type of the keys. */
      readonly key: Shape;
      readonly value: Shape;
    }
  | {
      readonly kind: 'object';
      /** The named members, or the members of a union. */
      readonly members: ShapeMembers;
    }
  | { readonly kind: 'record'; readonly members: ShapeMembers; readonly rules: readonly KeyRule[] }
  | {
      readonly kind: 'optional';
      /** The type of a member that is not missing. */
      readonly shape: Shape;
    }
  | { readonly kind: 'union'; readonly members: readonly Shape[] }
  | {
      readonly kind: 'ref';
      /** Returns the type: a type that contains itself cannot refer to a constant that is being defined. */
      readonly to: () => Shape;
    };

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
  /** Names the pattern in messages. */
  readonly format?: string;
}

/** `[...head, ...optional, ...rest, ...tail]` */
export interface TupleItems {
  readonly head: readonly Shape[];
  readonly optional?: readonly Shape[];
  readonly rest?: Shape;
  readonly tail?: readonly Shape[];
}

/** The type of values under keys that the contract does not name. The first rule whose pattern matches a key applies. */
export interface KeyRule {
  /** Matches every key if left out. */
  readonly pattern?: RegExp;
  readonly value: Shape;
}

/** A string. */
export const string: Shape = { kind: 'string' };
/** A finite number. */
export const number: Shape = { kind: 'number' };
/** A safe integer. */
export const int: Shape = { kind: 'int' };
/** A safe integer from 0. */
export const uint: Shape = { kind: 'uint' };
/** A Discord id: 17 to 20 digits as a string. */
export const snowflake: Shape = { kind: 'snowflake' };
/** A boolean. */
export const boolean: Shape = { kind: 'boolean' };
/** `null`. */
export const null_: Shape = { kind: 'null' };
/** `undefined`, or a missing member. */
export const undefined_: Shape = { kind: 'undefined' };
/** Any value. */
export const unknown: Shape = { kind: 'unknown' };

/** A `bigint`. */
export const bigint: Shape = { kind: 'bigint' };
/** A valid `Date`. */
export const date: Shape = { kind: 'date' };
/** A `Uint8Array`. */
export const bytes: Shape = { kind: 'bytes' };
/** A `Buffer`. */
export const buffer: Shape = { kind: 'buffer' };

/** A string of bounded length, or one that matches a pattern. */
export function text(rules: TextRules): Shape {
  return { kind: 'text', rules };
}

/** A number within bounds. */
export function range(of: 'number' | 'int' | 'uint', bounds: Bounds): Shape {
  return { kind: 'range', of, bounds };
}

/** Exactly one value. */
export function literal(value: LiteralValue): Shape {
  return { kind: 'literal', value };
}

/** An array whose items all have one type. */
export function array(item: Shape, bounds: Bounds = {}): Shape {
  return { kind: 'array', item, bounds };
}

/** An array with a type for each position. */
export function tuple(items: TupleItems): Shape {
  return { kind: 'tuple', items };
}

/** A `Set` whose items all have one type. */
export function set(item: Shape): Shape {
  return { kind: 'set', item };
}

/** A `Map` with one type of key and one type of value. */
export function map(key: Shape, value: Shape): Shape {
  return { kind: 'map', key, value };
}

/** An object with named members and rules for all other keys. */
export function record(members: ShapeMembers, ...rules: readonly KeyRule[]): Shape {
  return { kind: 'record', members, rules };
}

/** An object with named members; other members are ignored. */
export function object(members: ShapeMembers): Shape {
  return { kind: 'object', members };
}

/** A member that may be missing. */
export function optional(shape: Shape): Shape {
  return { kind: 'optional', shape };
}

/** A value that fits at least one of the members. */
export function union(...members: readonly Shape[]): Shape {
  return { kind: 'union', members };
}

/** A type that contains itself. Following the reference counts as a level of nesting (`MAX_DEPTH`). */
export function ref(to: () => Shape): Shape {
  return { kind: 'ref', to };
}
