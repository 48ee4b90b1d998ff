/**
 * Literals: values of a contract as TypeScript source text.
 */
import type { LiteralValue } from '../../model/model.js';

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ["'", "\\'"],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const PLAIN = /^[\w $()*+,./:;<=>?@[\]^{|}-]*$/;

/** Returns a string literal. Everything that is not plain text is escaped, lone surrogates included. */
export function quote(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const escaped = text.replaceAll(/[\\'\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, escapeCharacter);
  return `'${escaped}'`;
}

function escapeCharacter(character: string): string {
  const known = ESCAPES.get(character);
  if (known !== undefined) return known;
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

export function literalText(value: LiteralValue): string {
  return typeof value === 'string' ? quote(value) : String(value);
}

/** Returns a regular expression literal. The source is known to compile with the `u` flag. */
export function regExpText(source: string): string {
  const { source: escaped } = new RegExp(source, 'u');
  return `/${quote(escaped).slice(1, -1).replaceAll('\\\\', '\\').replaceAll("\\'", "'")}/u`;
}
