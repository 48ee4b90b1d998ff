/**
 * Numbers and texts: whether all that one kind of them lets out the other lets in.
 *
 * Patterns are not compared with each other: another one counts as a change.
 */
import type { Bounds, Shape, TextRules } from '../model/model.js';
import type { Difference } from './difference.js';
import { differs } from './difference.js';

interface Domain extends Required<Bounds> {
  readonly whole: boolean;
}

const MAX = Number.MAX_SAFE_INTEGER;
const DOMAINS = {
  number: { whole: false, min: -Infinity, max: Infinity },
  int: { whole: true, min: -MAX, max: MAX },
  uint: { whole: true, min: 0, max: MAX },
} as const satisfies Readonly<Record<string, Domain>>;

/** What numbers fit; `undefined` for a shape that is not about numbers. */
export function domainOf(shape: Shape): Domain | undefined {
  if (shape.kind === 'number' || shape.kind === 'int' || shape.kind === 'uint') return DOMAINS[shape.kind];
  if (shape.kind === 'literal' && typeof shape.value === 'number') {
    return { whole: Number.isSafeInteger(shape.value), min: shape.value, max: shape.value };
  }
  if (shape.kind !== 'range') return undefined;
  const { whole, min, max } = DOMAINS[shape.of];
  const { bounds } = shape;
  return {
    whole,
    min: Math.max(min, bounds.min ?? -Infinity),
    max: Math.min(max, bounds.max ?? Infinity),
  };
}

export function numberDifferences(given: Shape, taken: Shape): readonly Difference[] {
  const [from, to] = [domainOf(given), domainOf(taken)];
  if (from === undefined || to === undefined) return differs('type', given, taken);
  const isInside = from.min >= to.min && from.max <= to.max && (from.whole || !to.whole);
  const isOne = taken.kind === 'literal' && from.min !== from.max;
  return isInside && !isOne ? [] : differs('number', given, taken);
}

const SNOWFLAKE: TextRules = { min: 17, max: 20 };

/** What texts fit, but for snowflakes and literals; `undefined` for a shape that is not about texts. */
function rulesOf(shape: Shape): TextRules | undefined {
  if (shape.kind === 'string') return {};
  if (shape.kind === 'snowflake') return SNOWFLAKE;
  return shape.kind === 'text' ? shape.rules : undefined;
}

export function isTextual(shape: Shape): boolean {
  return rulesOf(shape) !== undefined || (shape.kind === 'literal' && typeof shape.value === 'string');
}

export function textDifferences(given: Shape, taken: Shape): readonly Difference[] {
  return isTextInside(given, taken) ? [] : differs('text', given, taken);
}

function isTextInside(given: Shape, taken: Shape): boolean {
  if (given.kind === 'literal') return typeof given.value === 'string' && isOneOf(given.value, taken);
  if (taken.kind === 'literal') return false;
  if (taken.kind === 'snowflake') return given.kind === 'snowflake';
  const [from, to] = [rulesOf(given) ?? {}, rulesOf(taken) ?? {}];
  const isLonger = (from.min ?? 0) < (to.min ?? 0) || (from.max ?? Infinity) > (to.max ?? Infinity);
  return !isLonger && (to.pattern === undefined || from.pattern === to.pattern);
}

function isOneOf(text: string, taken: Shape): boolean {
  if (taken.kind === 'literal') return taken.value === text;
  if (taken.kind === 'snowflake') return /^[1-9]\d{16,18}$/.test(text);
  const { min = 0, max = Infinity, pattern } = rulesOf(taken) ?? {};
  const { length } = Array.from(text);
  return length >= min && length <= max && (pattern === undefined || new RegExp(pattern, 'u').test(text));
}
