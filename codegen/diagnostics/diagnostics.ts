/**
 * Diagnostics: every problem that the generator can report, each with a code that never changes.
 *
 * 1xxx is the structure of a contract, 2xxx its types, 3xxx its options, 4xxx TypeScript's own errors, 5xxx the output
 * folder, 6xxx the set-up. `docs/diagnostics.md` has an example and a fix for each; a test checks that none is missing
 * there.
 */
export const DIAGNOSTICS = {
  SW1001: 'a contract file without handlers and events',
  SW1002: 'several interfaces of the same kind in a contract file',
  SW1003: 'a contract interface without a named export',
  SW1004: 'a generic contract interface',
  SW1005: 'a file name that is not a valid contract name',
  SW1006: 'two files with the same contract name',
  SW1007: 'a subfolder of the contracts folder',
  SW1008: 'a handler with more than one parameter',
  SW1009: 'a generic handler',
  SW1010: 'an overloaded handler',
  SW1011: 'a handler that is not a function',
  SW1012: 'an event that is not a required property',
  SW1013: 'a reserved name',
  SW1014: 'the same name for a handler and an event',
  SW1015: 'a member of a contract interface without a plain name',
  SW1016: 'an error that cannot become a class',
  SW2001: '`any`',
  SW2002: 'a function in data',
  SW2003: 'an instance of a class',
  SW2004: 'a discord.js structure',
  SW2005: 'a type that JSON cannot represent',
  SW2006: 'an unsupported type',
  SW2007: 'an unresolved generic type',
  SW2008: 'an intersection without values, or one that cannot be checked',
  SW2009: '`undefined` in an array',
  SW2010: 'a reserved key',
  SW2011: 'a recursive union whose members cannot be distinguished',
  SW2012: 'a type that accepts almost any value',
  SW2013: 'a generic type that expands without end',
  SW2014: 'a union whose members cannot be distinguished on the wire',
  SW2015: 'an invalid constraint',
  SW2016: 'a comment that TypeScript does not attach to its member (warning)',
  SW2017: 'a type of the Discord API that contains many others (warning)',
  SW2018: 'a schema with functions',
  SW2019: 'a schema that cannot be read',
  SW2020: 'a schema inside another type',
  SW3001: 'an unknown option',
  SW3002: 'an option that is not a literal',
  SW3003: 'options for an undeclared name',
  SW3004: 'an invalid option value',
  SW3005: 'a target that the data does not have',
  SW3006: 'a reduction that does not fit the result',
  SW3007: 'an option that requires another one',
  SW4001: 'an error reported by TypeScript',
  SW5001: 'output that is out of date',
  SW5002: 'output that was edited by hand',
  SW5003: 'output without a contract',
  SW5004: 'a file that the generator would have to overwrite',
  SW6001: 'no contracts folder',
  SW6002: 'no contract files in the folder',
  SW6003: 'a tsconfig that cannot be read',
  SW6004: 'an unknown or invalid setting',
} as const;

export type DiagnosticCode = keyof typeof DIAGNOSTICS;

/** A range of a source file, as messages show it. */
export interface SourceLocation {
  /** Relative to the root, with forward slashes. */
  readonly file: string;
  /** Starts at 1, as in editors; so does the column. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The text of the whole line. */
  readonly lineText: string;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
  /** Set for a warning, which does not keep pages from being written. */
  readonly severity?: 'warning';
  /** A range of a file or a whole file; `undefined` if the problem is not in a file. */
  readonly location?: SourceLocation | { readonly file: string };
}

/** Compares by file, line and column, so that a list can be worked through from top to bottom. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  const [x, y] = [positionOf(a), positionOf(b)];
  if (x.file !== y.file) return x.file < y.file ? -1 : 1;
  return x.line - y.line || x.column - y.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}

function positionOf({ location }: Diagnostic): {
  readonly file: string;
  readonly line: number;
  readonly column: number;
} {
  if (location === undefined) return { file: '', line: 0, column: 0 };
  return 'line' in location ? location : { file: location.file, line: 0, column: 0 };
}
