/**
 * Formatting of diagnostics: as TypeScript prints its own, so that editors and CI find the location.
 */
import type { Diagnostic, SourceLocation } from './diagnostics.js';

/** Functions that colour text, or return it unchanged. */
export interface Paint {
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly grey: (text: string) => string;
}

export const PLAIN: Paint = { red: same, yellow: same, cyan: same, grey: same };

export const COLOURED: Paint = { red: colour(31), yellow: colour(33), cyan: colour(36), grey: colour(90) };

function same(text: string): string {
  return text;
}

function colour(code: number): (text: string) => string {
  return (text) => `\u001B[${code}m${text}\u001B[0m`;
}

/** Formats as `file:line:col - error SWnnnn: message`, the source line with the range underlined, and the hint. */
export function formatDiagnostic(diagnostic: Diagnostic, paint: Paint = PLAIN): string {
  const { code, message, hint, location } = diagnostic;
  const severity = severityOf(diagnostic) === 'warning' ? paint.yellow('warning') : paint.red('error');
  const where = location === undefined ? '' : `${paint.cyan(locationText(location))} - `;
  const lines = [`${where}${severity} ${paint.grey(`${code}:`)} ${message}`];
  if (location !== undefined && 'line' in location) lines.push('', ...excerpt(location, paint));
  if (hint !== undefined) lines.push(`  hint: ${hint}`);
  return lines.join('\n');
}

export function severityOf({ severity }: Diagnostic): 'error' | 'warning' {
  return severity ?? 'error';
}

/** Formats as one line of JSON, for programs. */
export function jsonDiagnostic(diagnostic: Diagnostic): string {
  const { code, message, hint, location } = diagnostic;
  const range =
    location !== undefined && 'line' in location
      ? { line: location.line, column: location.column, length: location.length }
      : {};
  return JSON.stringify({
    file: location?.file,
    ...range,
    severity: severityOf(diagnostic),
    code,
    message,
    hint,
  });
}

/** Formats as a workflow command, which GitHub shows beside the line in a pull request. */
export function githubDiagnostic(diagnostic: Diagnostic): string {
  const { code, message, hint, location } = diagnostic;
  const range =
    location !== undefined && 'line' in location ? { line: location.line, col: location.column } : {};
  const file = location === undefined ? {} : { file: location.file };
  const text = hint === undefined ? message : `${message} (${hint})`;
  return githubCommand(severityOf(diagnostic), { ...file, ...range, title: code }, text);
}

/** Formats a workflow command: `::error file=a.ts,title=SW2001::...`. */
export function githubCommand(
  severity: 'error' | 'warning',
  properties: Readonly<Record<string, string | number>>,
  text: string,
): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${severity} ${list.join(',')}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function locationText(location: SourceLocation | { readonly file: string }): string {
  return 'line' in location ? `${location.file}:${location.line}:${location.column}` : location.file;
}

function excerpt({ line, column, length, lineText }: SourceLocation, paint: Paint): readonly string[] {
  const number = String(line);
  const before = lineText.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
  const squiggle = '~'.repeat(Math.max(1, Math.min(length, lineText.length - column + 1)));
  return [
    `${paint.grey(number)}  ${lineText}`,
    `${' '.repeat(number.length)}  ${before}${paint.red(squiggle)}`,
  ];
}
