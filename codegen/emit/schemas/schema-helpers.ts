/**
 * Schema helpers: constants and functions at the top of a schema page, for types that TypeBox does not provide.
 *
 * A page has the helpers that its contract needs.
 */
import type { ContractModel, RecordShape, Shape } from '../../model/model.js';
import { partsOf } from '../../model/shapes.js';
import { quote } from '../printer/literals.js';

/** Returns the helpers that a contract needs, in a fixed order. */
export function helpersFor({ handlers, events, errors, types }: ContractModel): readonly HelperKind[] {
  const payloads = [
    ...handlers.flatMap(({ input, output }) => [input, output]),
    ...events.map(({ data }) => data),
    ...errors.map(({ data }) => data),
  ];
  const shapes = [...types.map(({ shape }) => shape), ...payloads];
  const kinds = (shape: Shape): readonly (HelperKind | undefined)[] => {
    return [helperOf(shape), ...partsOf(shape).flatMap(kinds)];
  };
  return [...new Set(shapes.flatMap(kinds))].filter((kind) => kind !== undefined).toSorted();
}

function helperOf(shape: Shape): HelperKind | undefined {
  if (shape.kind === 'bytes') return shape.as === 'Buffer' ? 'buffer' : 'bytes';
  if (shape.kind === 'record') return isTable(shape) ? 'record' : undefined;
  return shape.kind in HELPERS ? (shape.kind as HelperKind) : undefined;
}

/** Whether a record has arbitrary keys and one type of value. */
export function isTable({ members, rules }: RecordShape): boolean {
  return members.length === 0 && rules.length === 1 && rules[0]?.pattern === undefined;
}

export type HelperKind =
  'buffer' | 'bytes' | 'date' | 'int' | 'map' | 'record' | 'set' | 'snowflake' | 'uint';

interface Helper {
  readonly name: string;
  /** The source text, given the name of TypeBox' `Type`. */
  readonly value: (builder: string) => string;
  /** The helper takes the schemas of its items. */
  readonly isFunction?: true;
  /** A doc comment for the page. */
  readonly note?: string;
}

export const HELPERS: Readonly<Record<HelperKind, Helper>> = {
  buffer: { name: 'BufferValue', value: (type) => instance(type, 'Buffer', 'value instanceof Buffer') },
  bytes: { name: 'Bytes', value: (type) => instance(type, 'Uint8Array', 'value instanceof Uint8Array') },
  date: {
    name: 'DateValue',
    value: (type) => instance(type, 'Date', 'value instanceof Date && !Number.isNaN(value.getTime())'),
  },
  int: {
    name: 'Int',
    value: (type) =>
      `${type}.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })`,
  },
  map: {
    name: 'MapOf',
    value: (type) => `${type}.Refine(${type}.Unknown(), (value) => value instanceof Map)`,
    isFunction: true,
    note: 'TypeBox does not check the entries of a `Map`.',
  },
  record: {
    name: 'RecordOf',
    value: () => `{ type: 'object', additionalProperties: item }`,
    isFunction: true,
  },
  set: {
    name: 'SetOf',
    value: (type) => `${type}.Refine(${type}.Unknown(), (value) => value instanceof Set)`,
    isFunction: true,
    note: 'TypeBox does not check the items of a `Set`.',
  },
  snowflake: {
    name: 'Snowflake',
    value: (type) => `${type}.String({\n  pattern: ${quote(snowflakePattern('18446744073709551615'))},\n})`,
  },
  uint: {
    name: 'UInt',
    value: (type) => `${type}.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })`,
  },
};

function instance(type: string, name: string, test: string): string {
  return `${type}.Unsafe<${name}>(${type}.Refine(${type}.Unknown(), (value) => ${test}))`;
}

/**
 * A pattern for 17 to 20 digits that do not exceed the largest number: 20 digits match if they are equal up to some
 * digit and that digit is smaller.
 */
function snowflakePattern(largest: string): string {
  const smaller = largest.split('').map((digit, i) => {
    const least = i === 0 ? 1 : 0;
    const most = Number(digit) - 1;
    return most < least
      ? []
      : [largest.slice(0, i) + digitsTo(least, most) + anyDigits(largest.length - i - 1)];
  });
  return `^(?:[1-9]\\d{16,18}|${[...smaller.flat(), largest].join('|')})$`;
}

function digitsTo(least: number, most: number): string {
  return least === most ? String(least) : `[${least}-${most}]`;
}

function anyDigits(count: number): string {
  if (count < 2) return '\\d'.repeat(count);
  return `\\d{${count}}`;
}
