/**
 * Reporter: collects what is wrong, each thing once.
 */
import type { ts } from 'ts-morph';
import type { Diagnostic, DiagnosticCode } from '../../diagnostics/diagnostics.js';
import { compiler } from './compiler.js';
import { placeOf, placeOfNode } from './source-location.js';

export interface Reason {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
  /** Only a warning: pages are written all the same. */
  readonly severity?: 'warning';
}

export class Reporter {
  readonly #root: string;
  readonly #found = new Map<string, Diagnostic>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Something is wrong with what stands at a node. Two contracts that import the same type report it once. */
  at(node: ts.Node, reason: Reason): void {
    this.#add({ ...reason, place: placeOfNode(node, this.#root) });
  }

  /** Something is wrong with a whole file. */
  file(file: string, reason: Reason): void {
    this.#add({ ...reason, place: { file } });
  }

  /** TypeScript found something. What was already said about the same line is said better there. */
  compiler(error: ts.Diagnostic): void {
    const { file, start } = error;
    if (file === undefined || start === undefined) return;
    const place = placeOf(file, start, error.length ?? 1, this.#root);
    const isKnown = this.all().some(({ place: other }) => {
      return other !== undefined && 'line' in other && other.file === place.file && other.line === place.line;
    });
    if (isKnown) return;
    const message = `${compiler.flattenDiagnosticMessageText(error.messageText, '\n  ')} (TS${error.code})`;
    this.#add({ code: 'SW4001', message, place });
  }

  all(): readonly Diagnostic[] {
    return [...this.#found.values()];
  }

  #add(diagnostic: Diagnostic): void {
    const { code, place } = diagnostic;
    const where =
      place === undefined ? '' : 'line' in place ? [place.file, place.line, place.column] : place.file;
    const key = JSON.stringify([code, where]);
    if (!this.#found.has(key)) this.#found.set(key, diagnostic);
  }
}
