/**
 * The output folder: what is there, what should be, and the steps between the two.
 *
 * The generator replaces and removes only what carries its header, never a file of the user's.
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

/** What has to happen for the folder to hold what it should. */
export interface OutputPlan {
  readonly write: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
  readonly unchanged: number;
  /** Files of the user's that stand where pages should. */
  readonly inTheWay: readonly string[];
}

/** The texts of the files in a folder that the generator could have written, by their names. */
export type FolderContents = ReadonlyMap<string, string>;

/** What the generator may have written that is no code. */
const OTHER_FILES = [LOCK_FILE, MARKDOWN_FILE, ASYNCAPI_FILE];

/** In place of a text, for what has none: a folder called like a page. Nothing is written over it. */
const NO_FILE = 'no file';
/** In place of a name, for a file where the folder should be. */
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

/** Decides; touches nothing. */
export function planOutput(present: FolderContents, wanted: ReadonlyMap<string, string>): OutputPlan {
  const write = new Map([...wanted].filter(([name, text]) => !isSame(present.get(name), text)));
  const inTheWay = [ITSELF, ...write.keys()].filter((name) => isForeign(name, present.get(name)));
  const remove = [...present]
    .filter(([name, text]) => !wanted.has(name) && isGenerated(text))
    .map(([name]) => name);
  return { write, remove, unchanged: wanted.size - write.size, inTheWay };
}

/** Git may have checked the file out with other line ends. */
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

/** Acts. The lock file comes last: it says that everything else is there. */
export function applyPlan(path: string, plan: OutputPlan): void {
  mkdirSync(path, { recursive: true });
  for (const name of plan.remove) rmSync(join(path, name));
  const pages = [...plan.write].toSorted(([a], [b]) => Number(a === LOCK_FILE) - Number(b === LOCK_FILE));
  for (const [name, text] of pages) writeFileSync(join(path, name), text);
}

/** What `--check` has to say: each file that is not as it should be, and why. */
export function differences(present: FolderContents, plan: OutputPlan, shown: string): readonly Diagnostic[] {
  const hashes = lockedFiles(present.get(LOCK_FILE));
  const changed = [...plan.write.keys()].map((name): Diagnostic => {
    const place = { file: posix.join(shown, name) };
    const text = present.get(name);
    if (text === undefined) return { code: 'SW5001', message: 'this page is missing', place };
    const hash = hashes.get(name);
    const isEdited = hash !== undefined && hash !== sha256(withPlainLineEnds(text));
    if (isEdited) return { code: 'SW5002', message: 'this page was changed by hand', place };
    return { code: 'SW5001', message: 'the contracts have changed since this was written', place };
  });
  const orphans = plan.remove.map((name): Diagnostic => {
    return {
      code: 'SW5003',
      message: 'this page has no contract any more',
      place: { file: posix.join(shown, name) },
    };
  });
  return [...changed, ...orphans];
}

export function foreignFiles(plan: OutputPlan, shown: string): readonly Diagnostic[] {
  return plan.inTheWay.map((name) => ({
    code: 'SW5004',
    message: 'a page belongs here, but this file was not written by the generator',
    hint: 'move the file, or choose another folder with --out',
    place: { file: posix.join(shown, name) },
  }));
}
