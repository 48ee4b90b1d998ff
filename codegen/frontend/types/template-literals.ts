/**
 * Template literals: turns TypeScript's `id:${number}` into a regular expression that the whole string must match.
 */
import type { ts } from 'ts-morph';
import type { TextRules } from '../../model/model.js';
import { compiler } from '../program/compiler.js';

/** What TypeScript accepts for `${number}`: anything that `Number` converts to a finite number. */
export const NUMBER_PATTERN =
  '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|0[xX][\\dA-Fa-f]+|0[oO][0-7]+|0[bB][01]+';

const BIGINT_PATTERN = '-?\\d+|0[xX][\\dA-Fa-f]+|0[oO][0-7]+|0[bB][01]+';

/** Returns the rules of a template literal; `undefined` if a type in it has no pattern. */
export function templateRules(type: ts.TemplateLiteralType): TextRules | undefined {
  const holes = type.types.map(holePattern);
  if (!holes.every((hole) => hole !== undefined)) return undefined;
  const [first = '', ...others] = type.texts;
  const pattern = others.reduce(
    (text, after, i) => `${text}(?:${holes[i]})${escapePattern(after)}`,
    escapePattern(first),
  );
  const written = others.reduce(
    (text, after, i) => `${text}\${${holeText(type.types[i])}}${escapeText(after)}`,
    escapeText(first),
  );
  return { pattern: `^${pattern}$`, template: `\`${written}\`` };
}

function holePattern(type: ts.Type): string | undefined {
  if (type.flags & compiler.TypeFlags.String) return '[\\s\\S]*';
  if (type.flags & compiler.TypeFlags.Number) return NUMBER_PATTERN;
  if (type.flags & compiler.TypeFlags.BigInt) return BIGINT_PATTERN;
  if (type.isStringLiteral() || type.isNumberLiteral()) return escapePattern(String(type.value));
  if (type.flags & compiler.TypeFlags.TemplateLiteral) {
    return templateRules(type as ts.TemplateLiteralType)?.pattern?.slice(1, -1);
  }
  const base = type.isIntersection()
    ? type.types.find((part) => (part.flags & compiler.TypeFlags.Object) === 0)
    : undefined;
  return base === undefined ? undefined : holePattern(base);
}

function holeText(type: ts.Type | undefined): string {
  if (type === undefined) return 'string';
  if (type.flags & compiler.TypeFlags.Number) return 'number';
  return type.flags & compiler.TypeFlags.BigInt ? 'bigint' : 'string';
}

function escapePattern(text: string): string {
  return text.replaceAll(/[$()*+./?[\\\]^{|}]/g, '\\$&');
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\`$]/g, '\\$&').replaceAll(/[\n\r\u2028\u2029]/g, (end) => {
    return `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
