/**
 * The output folder: compares its contents with the generated files, and applies the changes.
 *
 * The generator replaces and removes only files with its header, never a user's file.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join, posix } from 'node:path';
import { sha256 } from './model/fingerprint.js';
import type { Diagnostic } from './diagnostics/diagnostics.js';
import { ASYNCAPI_FILE } from './reference/asyncapi.js';
import { MARKDOWN_FILE } from './reference/markdown.js';
import { isGenerated } from './emit/header.js';
import { LOCK_FILE, lockedFiles } from './lock/lock-file.js';

/** The changes that bring the folder up to date. */
export interface OutputPlan {
  readonly write: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
  readonly unchanged: number;
  /** Users' files at the paths of pages. */
  readonly inTheWay: readonly string[];
}

/** The texts of those files in a folder that the generator may have written, by name. */
export type FolderContents = ReadonlyMap<string, string>;

/** The files other than code that the generator may have written. */
const OTHER_FILES = [LOCK_FILE, MARKDOWN_FILE, ASYNCAPI_FILE];

/** Stands for the text of a folder with the name of a page. It is not overwritten. */
const NO_FILE = 'no file';
/** Stands for the name of a file at the path of the output folder. */
const ITSELF = '';

export function readOutputFolder(path: string): FolderContents {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return new Map([[ITSELF, NO_FILE]]);
  const entries = entriesOf(path).filter(({ name }) => /\.[jt]s$/.test(name) || OTHER_FILES.includes(name));
  return new Map(
    entries.map((entry) => {
      const { name } = entry;
      return [name, entry.isFile() ? readFileSync(join(path, name), 'utf8') : NO_FILE];
    }),
  );
}

function entriesOf(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Decides on the changes, without touching the folder. */
export function planOutput(present: FolderContents, wanted: ReadonlyMap<string, string>): OutputPlan {
  const write = new Map([...wanted].filter(([name, text]) => !isSame(present.get(name), text)));
  const inTheWay = [ITSELF, ...write.keys()].filter((name) => isForeign(name, present.get(name)));
  const remove = [...present]
    .filter(([name, text]) => !wanted.has(name) && isGenerated(text))
    .map(([name]) => name);
  return { write, remove, unchanged: wanted.size - write.size, inTheWay };
}

/** Ignores line ends, since Git may change them. */
function isSame(present: string | undefined, wanted: string): boolean {
  return present !== undefined && withPlainLineEnds(present) === wanted;
}

function withPlainLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function isForeign(name: string, text: string | undefined): boolean {
  if (text === NO_FILE) return true;
  return name !== LOCK_FILE && text !== undefined && text.trim() !== '' && !isGenerated(text);
}

/** Applies the changes. The lock file is written last, since it says that all other files are complete. */
export function applyPlan(path: string, plan: OutputPlan): void {
  mkdirSync(path, { recursive: true });
  for (const name of plan.remove) rmSync(join(path, name));
  const pages = [...plan.write].toSorted(([a], [b]) => Number(a === LOCK_FILE) - Number(b === LOCK_FILE));
  for (const [name, text] of pages) writeFileSync(join(path, name), text);
}

/** Returns the diagnostics of `--check`: each file that is out of date, and why. */
export function outputDiagnostics(
  present: FolderContents,
  plan: OutputPlan,
  shown: string,
): readonly Diagnostic[] {
  const hashes = lockedFiles(present.get(LOCK_FILE));
  const changed = [...plan.write.keys()].map((name): Diagnostic => {
    const location = { file: posix.join(shown, name) };
    const text = present.get(name);
    if (text === undefined) return { code: 'SW5001', message: 'this file is missing', location };
    const hash = hashes.get(name);
    const isEdited = hash !== undefined && hash !== sha256(withPlainLineEnds(text));
    if (isEdited) return { code: 'SW5002', message: 'this file was edited by hand', location };
    return { code: 'SW5001', message: 'the contracts have changed since this file was generated', location };
  });
  const orphans = plan.remove.map((name): Diagnostic => {
    return {
      code: 'SW5003',
      message: 'this file no longer has a contract',
      location: { file: posix.join(shown, name) },
    };
  });
  return [...changed, ...orphans];
}

export function foreignFileDiagnostics(plan: OutputPlan, shown: string): readonly Diagnostic[] {
  return plan.inTheWay.map((name) => ({
    code: 'SW5004',
    message: 'cannot write a page here: this file was not generated',
    hint: 'move the file, or choose another folder with --out',
    location: { file: posix.join(shown, name) },
  }));
}
