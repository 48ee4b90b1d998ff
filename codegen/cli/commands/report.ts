/**
 * Reports: how commands print problems and counts.
 */
import { compareDiagnostics } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import {
  formatDiagnostic,
  githubDiagnostic,
  jsonDiagnostic,
  severityOf,
} from '../../diagnostics/format-diagnostic.js';
import { paintFor } from '../paint.js';
import type { Terminal } from '../../../src/cli/kit/terminal.js';

export const FORMATS = ['pretty', 'json', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** Prints problems and their consequence. Returns the exit code. */
export function reportFailure(
  diagnostics: readonly Diagnostic[],
  consequence: string,
  format: Format,
  terminal: Terminal,
): number {
  terminal.printError(failureText(diagnostics, consequence, format, terminal));
  return 1;
}

export function failureText(
  diagnostics: readonly Diagnostic[],
  consequence: string,
  format: Format,
  terminal: Terminal,
): string {
  const errors = diagnostics.filter((one) => severityOf(one) === 'error').length;
  const summary = format === 'pretty' ? `\n${count(errors, 'problem')}: ${consequence}\n` : '';
  return `${problems(diagnostics, format, terminal)}${summary}`;
}

export function problems(diagnostics: readonly Diagnostic[], format: Format, terminal: Terminal): string {
  const sorted = diagnostics.toSorted(compareDiagnostics);
  switch (format) {
    case 'json':
      return `${sorted.map(jsonDiagnostic).join('\n')}\n`;
    case 'github':
      return `${sorted.map(githubDiagnostic).join('\n')}\n`;
    case 'pretty': {
      const paint = paintFor(terminal.colours);
      return `${sorted.map((one) => formatDiagnostic(one, paint)).join('\n\n')}\n`;
    }
  }
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
