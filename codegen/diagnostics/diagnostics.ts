/**
 * Diagnostics: everything the generator may have to say against a project, each with a code that never changes.
 *
 * 1xxx the structure of a contract, 2xxx its types, 3xxx its options, 4xxx TypeScript's own errors, 5xxx what is in
 * the output folder, 6xxx the set-up. `docs/diagnostics.md` has an example and the way out for each; a test holds
 * that none is missing there.
 */
export const DIAGNOSTICS = {
  SW1001: 'a contract file without handlers and events',
  SW1002: 'several interfaces of one kind in a contract file',
  SW1003: 'a contract interface that is not exported by its name',
  SW1004: 'a generic contract interface',
  SW1005: 'a file name that does not make a contract name',
  SW1006: 'two files that make the same contract name',
  SW1007: 'a folder in the contracts folder',
  SW1008: 'a handler that takes something other than one `data`',
  SW1009: 'a generic handler',
  SW1010: 'an overloaded handler',
  SW1011: 'a handler that is not a function',
  SW1012: 'an event that is not the type of its data',
  SW1013: 'a reserved name',
  SW1014: 'one name for a handler and an event',
  SW1015: 'a member of a contract interface without a plain name',
  SW1016: 'an error that cannot be a class',
  SW2001: '`any`',
  SW2002: 'a function in data',
  SW2003: 'an instance of a class',
  SW2004: 'a discord.js structure',
  SW2005: 'a type that has no form in JSON',
  SW2006: 'a type that is not supported',
  SW2007: 'an open generic type',
  SW2008: 'an intersection that no value meets, or that no check can see',
  SW2009: '`undefined` in an array',
  SW2010: 'a reserved key',
  SW2011: 'members of a recursive union that nothing tells apart',
  SW2012: 'a type that nearly everything fits',
  SW2013: 'a generic type that never ends',
  SW2014: 'members of a union that nothing tells apart on the wire',
  SW2015: 'a constraint that cannot be kept',
  SW2016: 'a comment that TypeScript does not connect to its member (warning)',
  SW2017: 'a type from the Discord API that brings many others along (warning)',
  SW2018: 'a schema that holds functions',
  SW2019: 'a schema that cannot be read',
  SW2020: 'a schema in the middle of another type',
  SW3001: 'an unknown option',
  SW3002: 'an option that is not written out',
  SW3003: 'options for something that the contract does not declare',
  SW3004: 'a value that the option cannot have',
  SW3005: 'a target that the data does not hold',
  SW3006: 'a reduction that the result does not allow',
  SW3007: 'an option that needs another one',
  SW4001: 'an error that TypeScript found',
  SW5001: 'output that is out of date',
  SW5002: 'output that was changed by hand',
  SW5003: 'output that has no contract any more',
  SW5004: 'a file in the way that the generator did not write',
  SW6001: 'no contracts folder',
  SW6002: 'no contracts in the folder',
  SW6003: 'a tsconfig that cannot be read',
  SW6004: 'a setting that does not exist, or cannot be so',
} as const;

export type DiagnosticCode = keyof typeof DIAGNOSTICS;

/** A stretch of a source file, as messages show it. */
export interface Place {
  /** Relative to the root, with forward slashes. */
  readonly file: string;
  /** From 1, as editors count. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The whole line. */
  readonly lineText: string;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
  /** Only a warning: pages are written all the same. */
  readonly severity?: 'warning';
  /** A place in a file, a file, or nothing where it is about none. */
  readonly place?: Place | { readonly file: string };
}

/** By file, then line, then column: the order in which one works through them. */
export function inOrder(a: Diagnostic, b: Diagnostic): number {
  const [x, y] = [positionOf(a), positionOf(b)];
  if (x.file !== y.file) return x.file < y.file ? -1 : 1;
  return x.line - y.line || x.column - y.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}

function positionOf({ place }: Diagnostic): {
  readonly file: string;
  readonly line: number;
  readonly column: number;
} {
  if (place === undefined) return { file: '', line: 0, column: 0 };
  return 'line' in place ? place : { file: place.file, line: 0, column: 0 };
}
