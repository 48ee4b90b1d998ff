/**
 * Shape descriptions: the words after "expected" in messages.
 *
 * Descriptions depend on shapes alone, never on a value, and do not enter a union behind a `ref`: it may contain itself.
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
      return 'an integer';
    case 'uint':
      return 'a non-negative integer';
    case 'snowflake':
      return 'a snowflake (17 to 20 digits as a string)';
    case 'boolean':
      return 'a boolean';
    case 'null':
      return 'null';
    case 'undefined':
      return 'undefined';
    case 'unknown':
      return 'anything';
    case 'literal':
      return JSON.stringify(shape.value);
    case 'text':
      return describeText(shape.rules);
    case 'range':
      return describeRange(shape.of, shape.bounds);
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
  const length = describeCount(bounds, 'character');
  if (pattern === undefined) return `a string${length}`;
  return format === undefined
    ? `a string${length} that matches ${String(pattern)}`
    : `a string${length} in the format ${format}`;
}

function describeArray(bounds: Bounds): string {
  return `an array${describeCount(bounds, 'item')}`;
}

function describeTuple(items: TupleItems): string {
  const { min = 0, max = Infinity } = tupleBounds(items);
  return min === max ? `an array of ${min} ${min === 1 ? 'item' : 'items'}` : describeArray({ min, max });
}

/** Returns how many items a tuple may have. */
export function tupleBounds({ head, optional = [], rest, tail = [] }: TupleItems): Bounds {
  const min = head.length + tail.length;
  return rest === undefined ? { min, max: min + optional.length } : { min };
}

function describeRange(of: 'number' | 'int' | 'uint', { min = -Infinity, max = Infinity }: Bounds): string {
  const kind = describe({ kind: of === 'uint' && min >= 0 ? 'int' : of });
  const [least, most] = [min.toLocaleString('en-US'), max.toLocaleString('en-US')];
  if (max === Infinity) return min === -Infinity ? kind : `${kind} of at least ${least}`;
  return min === -Infinity ? `${kind} of at most ${most}` : `${kind} from ${least} to ${most}`;
}

function describeCount({ min = -Infinity, max = Infinity }: Bounds, unit: string): string {
  const [least, most] = [min.toLocaleString('en-US'), max.toLocaleString('en-US')];
  if (max === Infinity)
    return min === -Infinity ? '' : ` of at least ${least} ${unit}${min === 1 ? '' : 's'}`;
  const units = `${unit}${max === 1 ? '' : 's'}`;
  return min === -Infinity ? ` of at most ${most} ${units}` : ` of ${least} to ${most} ${units}`;
}

/** Does not enter a union, which may contain itself. */
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
