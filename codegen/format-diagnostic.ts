/**
 * How diagnostics are printed: as TypeScript prints its own, so that editors and CI find the place.
 */
import type { Diagnostic, Place } from './diagnostics.js';

/** Wraps text in colours, or leaves it as it is. */
export interface Paint {
  readonly red: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly grey: (text: string) => string;
}

export const PLAIN: Paint = { red: same, cyan: same, grey: same };

export const COLOURED: Paint = { red: colour(31), cyan: colour(36), grey: colour(90) };

function same(text: string): string {
  return text;
}

function colour(code: number): (text: string) => string {
  return (text) => `\u001B[${code}m${text}\u001B[0m`;
}

/** `file:line:col - error SWnnnn: message`, the source line with the place underlined, and the hint. */
export function formatDiagnostic({ code, message, hint, place }: Diagnostic, paint: Paint = PLAIN): string {
  const where = place === undefined ? '' : `${paint.cyan(whereIs(place))} - `;
  const lines = [`${where}${paint.red('error')} ${paint.grey(`${code}:`)} ${message}`];
  if (place !== undefined && 'line' in place) lines.push('', ...excerpt(place, paint));
  if (hint !== undefined) lines.push(`  hint: ${hint}`);
  return lines.join('\n');
}

function whereIs(place: Place | { readonly file: string }): string {
  return 'line' in place ? `${place.file}:${place.line}:${place.column}` : place.file;
}

function excerpt({ line, column, length, lineText }: Place, paint: Paint): readonly string[] {
  const number = String(line);
  const before = lineText.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
  const squiggle = '~'.repeat(Math.max(1, Math.min(length, lineText.length - column + 1)));
  return [
    `${paint.grey(number)}  ${lineText}`,
    `${' '.repeat(number.length)}  ${before}${paint.red(squiggle)}`,
  ];
}
