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
  | { readonly kind: 'absent' }
  | { readonly kind: 'anything' }
  | { readonly kind: 'literal'; readonly value: LiteralValue }
  | { readonly kind: 'array'; readonly item: Shape }
  | { readonly kind: 'object'; readonly members: ShapeMembers }
  | { readonly kind: 'optional'; readonly shape: Shape }
  | { readonly kind: 'union'; readonly members: readonly Shape[] }
  | { readonly kind: 'ref'; readonly to: () => Shape };

export interface ShapeMembers {
  readonly [key: string]: Shape;
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
export const nil: Shape = { kind: 'null' };
/** `undefined`, or no such member. */
export const absent: Shape = { kind: 'absent' };
export const anything: Shape = { kind: 'anything' };

export function literal(value: LiteralValue): Shape {
  return { kind: 'literal', value };
}

export function array(item: Shape): Shape {
  return { kind: 'array', item };
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
