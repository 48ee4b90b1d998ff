/**
 * Describing shapes: what was expected, as a message says it before "got".
 *
 * Looks at shapes alone, never at a value, and not into a union behind a `ref`: that may hold itself.
 */
import type { Bounds, Shape, ShapeMembers, TextRules, TupleItems } from './shape.js';
import { flatten } from './union-alternatives.js';

const MAX_ALTERNATIVES = 12;

export function describe(shape: Shape): string {
  switch (shape.kind) {
    case 'string':
      return 'a string';
    case 'number':
      return 'a finite number';
    case 'int':
      return 'a whole number';
    case 'uint':
      return 'a whole number from 0';
    case 'snowflake':
      return 'a snowflake (17 to 20 digits as a string)';
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'undefined':
      return 'nothing';
    case 'unknown':
      return 'anything';
    case 'literal':
      return JSON.stringify(shape.value);
    case 'text':
      return describeText(shape.rules);
    case 'range':
      return `${describe({ kind: shape.of })}${describeBounds(shape.bounds, '')}`;
    case 'bigint':
      return 'a bigint';
    case 'date':
      return 'a valid Date';
    case 'bytes':
      return 'a Uint8Array';
    case 'buffer':
      return 'a Buffer';
    case 'array':
      return describeArray(shape.bounds);
    case 'tuple':
      return describeTuple(shape.items);
    case 'set':
      return 'a Set';
    case 'map':
      return 'a Map';
    case 'object':
    case 'record':
      return describeObject(shape.members);
    case 'optional':
      return describe(shape.shape);
    case 'union':
      return oneOf(flatten(shape.members).map(describe));
    case 'ref':
      return describeRef(shape.to());
  }
}

function describeText({ pattern, format, ...bounds }: TextRules): string {
  const length = describeBounds(bounds, ' characters');
  if (pattern === undefined) return `a string${length}`;
  return format === undefined
    ? `a string${length} that matches ${String(pattern)}`
    : `a string${length}: ${format}`;
}

function describeArray(bounds: Bounds): string {
  return `an array${describeBounds(bounds, ' items')}`;
}

function describeTuple(items: TupleItems): string {
  const { min = 0, max = Infinity } = tupleBounds(items);
  return min === max ? `an array of ${min} ${min === 1 ? 'item' : 'items'}` : describeArray({ min, max });
}

/** How many items a tuple may have. */
export function tupleBounds({ head, optional = [], rest, tail = [] }: TupleItems): Bounds {
  const min = head.length + tail.length;
  return rest === undefined ? { min, max: min + optional.length } : { min };
}

function describeBounds({ min = -Infinity, max = Infinity }: Bounds, what: string): string {
  const [least, most] = [min.toLocaleString('en-US'), max.toLocaleString('en-US')];
  if (max === Infinity) return min === -Infinity ? '' : ` of at least ${least}${what}`;
  return min === -Infinity ? ` of at most ${most}${what}` : ` of ${least} to ${most}${what}`;
}

/** Does not look further: a union may hold itself. */
function describeRef(shape: Shape): string {
  return shape.kind === 'union' ? 'a nested value' : describe(shape);
}

export function describeObject(members: ShapeMembers): string {
  const required = Object.keys(members).filter((key) => members[key]?.kind !== 'optional');
  return required.length === 0 ? 'an object' : `an object with ${shortList(required, ', ')}`;
}

export function oneOf(alternatives: readonly string[]): string {
  const different = [...new Set(alternatives)];
  return different.length === 1 ? different.join('') : `one of ${shortList(different, ' | ')}`;
}

function shortList(items: readonly string[], between: string): string {
  const shown = items.slice(0, MAX_ALTERNATIVES).join(between);
  return items.length > MAX_ALTERNATIVES ? `${shown}${between}…` : shown;
}
