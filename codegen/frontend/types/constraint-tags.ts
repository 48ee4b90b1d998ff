/**
 * Constraint tags: `@minLength 2` and similar JSDoc tags on a member or an alias.
 *
 * Their names are JSON Schema's, which other generators read as well. A tag that does not fit its type is an error and never
 * ignored. A comment that TypeScript drops as a whole is reported, too.
 */
import type { ts } from 'ts-morph';
import { FORMATS } from '../../model/formats.js';
import type { Bounds, Shape, TextRules } from '../../model/model.js';
import { unionOf } from '../../model/shapes.js';
import { compiler } from '../program/compiler.js';

const TAGS = [
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
] as const;

type TagName = (typeof TAGS)[number];

interface ConstraintTag {
  readonly name: TagName;
  readonly text: string;
  readonly node: ts.Node;
}

/** Returns the constraint tags on a declaration. */
function constraintTags(declaration: ts.Node): readonly ConstraintTag[] {
  return compiler.getJSDocTags(declaration).flatMap((tag) => {
    const name = TAGS.find((one) => one === tag.tagName.text);
    if (name === undefined) return [];
    return [{ name, text: (compiler.getTextOfJSDocComment(tag.comment) ?? '').trim(), node: tag.tagName }];
  });
}

const LOST_TAG = new RegExp(`/\\*\\*[^]*@(?:${TAGS.join('|')})\\b`);

/** Whether a comment with constraint tags is one that TypeScript attaches to the preceding token. */
export function hasLostTags(declaration: ts.Node): boolean {
  const { text } = declaration.getSourceFile();
  const comments = compiler.getTrailingCommentRanges(text, declaration.getFullStart()) ?? [];
  return comments.some(({ pos, end }) => LOST_TAG.test(text.slice(pos, end)));
}

type Constrained =
  { readonly ok: true; readonly shape: Shape } | { readonly ok: false; readonly message: string };

/** Adds the constraint of a tag to a shape. */
function constrainByTag(shape: Shape, tag: ConstraintTag): Constrained {
  switch (tag.name) {
    case 'minLength':
      return withCount(shape, tag, (value) => text({ min: value }));
    case 'maxLength':
      return withCount(shape, tag, (value) => text({ max: value }));
    case 'pattern':
      return isPattern(tag.text)
        ? constrain(shape, tag, text({ pattern: tag.text }))
        : failed('@pattern is not a valid regular expression');
    case 'format': {
      const pattern = FORMATS.get(tag.text);
      const known = [...FORMATS.keys()].join(', ');
      return pattern === undefined
        ? failed(`unknown @format \`${tag.text}\`; the formats are ${known}`)
        : constrain(shape, tag, text({ pattern, format: tag.text }));
    }
    case 'minimum':
      return withNumber(shape, tag, (value) => range({ min: value }));
    case 'maximum':
      return withNumber(shape, tag, (value) => range({ max: value }));
    case 'minItems':
      return withCount(shape, tag, (value) => items({ min: value }));
    case 'maxItems':
      return withCount(shape, tag, (value) => items({ max: value }));
  }
}

/**
 * Adds the constraints of the tags on all declarations to a shape.
 *
 * @param onMisfit - Called for a tag that does not fit, which then has no effect.
 */
export function constrainByTags(
  shape: Shape,
  declarations: readonly ts.Node[],
  onMisfit: (node: ts.Node, message: string) => void,
): Shape {
  return declarations.flatMap(constraintTags).reduce((constrained, tag) => {
    const result = constrainByTag(constrained, tag);
    if (result.ok) return result.shape;
    onMisfit(tag.node, result.message);
    return constrained;
  }, shape);
}

export function isPattern(text: string): boolean {
  try {
    return text !== '' && new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** Whether any value lies within bounds. */
export function isPossible({ min = -Infinity, max = Infinity }: Bounds): boolean {
  return min <= max;
}

type Change = (shape: Shape) => Shape | undefined;

function failed(message: string): Constrained {
  return { ok: false, message };
}

function withCount(shape: Shape, tag: ConstraintTag, change: (value: number) => Change): Constrained {
  const value = Number(tag.text);
  const isCount = tag.text !== '' && Number.isSafeInteger(value) && value >= 0;
  return isCount
    ? constrain(shape, tag, change(value))
    : failed(`@${tag.name} must be a non-negative integer`);
}

function withNumber(shape: Shape, tag: ConstraintTag, change: (value: number) => Change): Constrained {
  const value = Number(tag.text);
  const isNumber = tag.text !== '' && Number.isFinite(value);
  return isNumber ? constrain(shape, tag, change(value)) : failed(`@${tag.name} must be a number`);
}

/** Constrains a shape; in a union, those members that the tag applies to. */
function constrain(shape: Shape, { name }: ConstraintTag, change: Change): Constrained {
  const members = shape.kind === 'union' ? shape.members : [shape];
  const changed = members.map(change);
  if (changed.every((one) => one === undefined)) return failed(`@${name} does not apply to this type`);
  const constrained = unionOf(members.map((member, i) => changed[i] ?? member));
  return hasValues(constrained) ? { ok: true, shape: constrained } : failed(`@${name} excludes every value`);
}

function hasValues(shape: Shape): boolean {
  if (shape.kind === 'text') return isPossible(shape.rules);
  if (shape.kind === 'range' || shape.kind === 'array') return isPossible(shape.bounds ?? {});
  return shape.kind !== 'union' || shape.members.every(hasValues);
}

function text(rules: TextRules): Change {
  return (shape) => {
    if (shape.kind === 'string') return { kind: 'text', rules };
    if (shape.kind !== 'text' || (rules.pattern !== undefined && shape.rules.pattern !== undefined))
      return undefined;
    return { kind: 'text', rules: { ...shape.rules, ...rules } };
  };
}

function range(bounds: Bounds): Change {
  return (shape) => {
    if (shape.kind === 'number' || shape.kind === 'int' || shape.kind === 'uint') {
      return { kind: 'range', of: shape.kind, bounds };
    }
    return shape.kind === 'range' ? { ...shape, bounds: { ...shape.bounds, ...bounds } } : undefined;
  };
}

function items(bounds: Bounds): Change {
  return (shape) =>
    shape.kind === 'array' ? { ...shape, bounds: { ...shape.bounds, ...bounds } } : undefined;
}
