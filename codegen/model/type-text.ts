/**
 * Type text: a shape as TypeScript source on one line, for messages and references.
 *
 * A named type is printed as its name. Long unions and objects are cut short.
 */
import type { Bounds, Member, Shape, TextRules, TupleShape } from './model.js';

/** The default number of members of a union or an object that are printed. */
const MAX_PARTS = 6;

export function typeText(shape: Shape, maxParts = MAX_PARTS): string {
  const inner = (part: Shape): string => typeText(part, maxParts);
  switch (shape.kind) {
    case 'array':
      return arrayText(inner(shape.item), shape.bounds);
    case 'tuple':
      return tupleText(shape, inner);
    case 'set':
      return `Set<${inner(shape.item)}>`;
    case 'map':
      return `Map<${inner(shape.key)}, ${inner(shape.value)}>`;
    case 'object':
      return objectText(shape.members, [], maxParts);
    case 'record':
      return objectText(
        shape.members,
        shape.rules.map(({ keys, value }) => `[key: ${keys}]: ${inner(value)}`),
        maxParts,
      );
    case 'text':
      return textText(shape.rules);
    case 'range':
      return `${NUMBERS[shape.of]}${boundsText(shape.bounds)}`;
    case 'bytes':
      return shape.as;
    case 'union':
      return shorten(shape.members.map(inner), ' | ', maxParts);
    case 'literal':
      return literalText(shape.value);
    case 'named':
      return shape.name;
    case 'string':
    case 'boolean':
    case 'null':
    case 'bigint':
      return shape.kind;
    case 'number':
    case 'int':
    case 'uint':
      return NUMBERS[shape.kind];
    case 'snowflake':
      return 'Snowflake';
    case 'undefined':
      return 'undefined';
    case 'unknown':
      return 'unknown';
    case 'date':
      return 'Date';
  }
}

const NUMBERS = { number: 'number', int: 'Int', uint: 'UInt' } as const;

function literalText(value: string | number | boolean): string {
  return typeof value === 'string'
    ? `'${JSON.stringify(value).slice(1, -1).replaceAll("'", "\\'").replaceAll('\\"', '"')}'`
    : String(value);
}

function arrayText(item: string, bounds: Bounds | undefined): string {
  const array = /^[\w'.]+$/.test(item) ? `${item}[]` : `Array<${item}>`;
  return bounds === undefined ? array : `${array}${boundsText(bounds)}`;
}

function tupleText({ head, optional, rest, tail }: TupleShape, inner: (shape: Shape) => string): string {
  const parts = [
    ...head.map(inner),
    ...optional.map((one) => `${parenthesised(inner(one))}?`),
    ...(rest === undefined ? [] : [`...${parenthesised(inner(rest))}[]`]),
    ...tail.map(inner),
  ];
  return `[${parts.join(', ')}]`;
}

function parenthesised(text: string): string {
  return text.includes(' | ') ? `(${text})` : text;
}

function objectText(members: readonly Member[], rules: readonly string[], maxParts: number): string {
  const parts = members.map(({ key, optional, shape }) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
    return `${name}${optional ? '?' : ''}: ${typeText(shape, maxParts)}`;
  });
  const all = [...parts, ...rules];
  return all.length === 0 ? '{}' : `{ ${shorten(all, '; ', maxParts)} }`;
}

function textText({ pattern, format, template, ...bounds }: TextRules): string {
  if (template !== undefined) return template;
  if (format !== undefined) return `string (${format})${boundsText(bounds)}`;
  return `string${pattern === undefined ? '' : ` (/${pattern}/u)`}${boundsText(bounds)}`;
}

/** Prints bounds: ` (1 to 5)`. */
function boundsText({ min, max }: Bounds): string {
  if (min === undefined) return max === undefined ? '' : ` (at most ${max})`;
  return max === undefined ? ` (at least ${min})` : ` (${min} to ${max})`;
}

function shorten(parts: readonly string[], between: string, maxParts: number): string {
  const shown = parts.slice(0, maxParts).join(between);
  return parts.length > maxParts ? `${shown}${between}…` : shown;
}
