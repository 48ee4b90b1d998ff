/**
 * Scalars: whether one set of numbers or strings is a subset of another.
 *
 * Patterns are not compared with each other: a different pattern always counts as a difference.
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

/** Returns the range of a numeric shape; `undefined` for any other shape. */
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

export function numberDifferences(sent: Shape, accepted: Shape): readonly Difference[] {
  const [from, to] = [domainOf(sent), domainOf(accepted)];
  if (from === undefined || to === undefined) return differs('type', sent, accepted);
  const isInside = from.min >= to.min && from.max <= to.max && (from.whole || !to.whole);
  const isOne = accepted.kind === 'literal' && from.min !== from.max;
  return isInside && !isOne ? [] : differs('number', sent, accepted);
}

const SNOWFLAKE: TextRules = { min: 17, max: 20 };

/** Returns the rules of a string shape; `undefined` for literals and for shapes other than strings. */
function rulesOf(shape: Shape): TextRules | undefined {
  if (shape.kind === 'string') return {};
  if (shape.kind === 'snowflake') return SNOWFLAKE;
  return shape.kind === 'text' ? shape.rules : undefined;
}

export function isTextual(shape: Shape): boolean {
  return rulesOf(shape) !== undefined || (shape.kind === 'literal' && typeof shape.value === 'string');
}

export function textDifferences(sent: Shape, accepted: Shape): readonly Difference[] {
  return isTextInside(sent, accepted) ? [] : differs('text', sent, accepted);
}

function isTextInside(sent: Shape, accepted: Shape): boolean {
  if (sent.kind === 'literal') return typeof sent.value === 'string' && acceptsText(sent.value, accepted);
  if (accepted.kind === 'literal') return false;
  if (accepted.kind === 'snowflake') return sent.kind === 'snowflake';
  const [from, to] = [rulesOf(sent) ?? {}, rulesOf(accepted) ?? {}];
  const isLonger = (from.min ?? 0) < (to.min ?? 0) || (from.max ?? Infinity) > (to.max ?? Infinity);
  return !isLonger && (to.pattern === undefined || from.pattern === to.pattern);
}

function acceptsText(text: string, accepted: Shape): boolean {
  if (accepted.kind === 'literal') return accepted.value === text;
  if (accepted.kind === 'snowflake') return /^[1-9]\d{16,18}$/.test(text);
  const { min = 0, max = Infinity, pattern } = rulesOf(accepted) ?? {};
  const { length } = Array.from(text);
  return length >= min && length <= max && (pattern === undefined || new RegExp(pattern, 'u').test(text));
}
