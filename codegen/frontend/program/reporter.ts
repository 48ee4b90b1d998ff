/**
 * Reporter: collects diagnostics, each problem once.
 */
import type { ts } from 'ts-morph';
import type { Diagnostic, DiagnosticCode } from '../../diagnostics/diagnostics.js';
import { compiler } from './compiler.js';
import { locationAt, locationOf } from './source-location.js';

export interface Reason {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
  /** Set for a warning, which does not keep pages from being written. */
  readonly severity?: 'warning';
}

export class Reporter {
  readonly #root: string;
  readonly #found = new Map<string, Diagnostic>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Reports a problem at a node. A second report of the same code for the same location is dropped. */
  report(node: ts.Node, reason: Reason): void {
    this.#add({ ...reason, location: locationOf(node, this.#root) });
  }

  /** Reports a problem with a whole file. */
  reportFile(file: string, reason: Reason): void {
    this.#add({ ...reason, location: { file } });
  }

  /** Reports an error of TypeScript's, unless there is a diagnostic on the same line: its message is the better one. */
  reportCompilerError(error: ts.Diagnostic): void {
    const { file, start } = error;
    if (file === undefined || start === undefined) return;
    const location = locationAt(file, start, error.length ?? 1, this.#root);
    const isKnown = this.diagnostics().some(({ location: other }) => {
      return (
        other !== undefined && 'line' in other && other.file === location.file && other.line === location.line
      );
    });
    if (isKnown) return;
    const message = `${compiler.flattenDiagnosticMessageText(error.messageText, '\n  ')} (TS${error.code})`;
    this.#add({ code: 'SW4001', message, location });
  }

  diagnostics(): readonly Diagnostic[] {
    return [...this.#found.values()];
  }

  #add(diagnostic: Diagnostic): void {
    const { code, location } = diagnostic;
    const where =
      location === undefined
        ? ''
        : 'line' in location
          ? [location.file, location.line, location.column]
          : location.file;
    const key = JSON.stringify([code, where]);
    if (!this.#found.has(key)) this.#found.set(key, diagnostic);
  }
}
