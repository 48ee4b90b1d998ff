/**
 * The contracts folder: which files in it are contracts, and what else it must not hold.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { sha256 } from './model/fingerprint.js';
import { contractName } from './model/contract-name.js';
import type { Diagnostic } from './diagnostics/diagnostics.js';

/** A contract file. The same as the front end's, which this does not import. */
export interface ContractFile {
  readonly path: string;
  readonly source: string;
  readonly text: string;
}

export interface ContractFolder {
  readonly files: readonly ContractFile[];
  readonly diagnostics: readonly Diagnostic[];
}

const FIRST_CONTRACT = [
  "  import type { Handlers, UInt } from 'shardwire/contract';",
  '',
  '  export interface Guilds extends Handlers {',
  '    getUserCount(): UInt;',
  '  }',
].join('\n');

/**
 * Reads the folder.
 *
 * @param path - Where it is.
 * @param shown - How messages call it, with forward slashes.
 */
export function readContractFolder(path: string, shown: string): ContractFolder {
  const names = namesIn(path);
  if (names === undefined) return nothingIn(shown, 'SW6001', `there is no folder ${shown}`);
  const entries = names.map((name) => entryOf(path, shown, name));
  const diagnostics = entries.flatMap((entry) => entry.diagnostic ?? []);
  const files = entries.flatMap((entry) => entry.file ?? []);
  if (files.length === 0 && diagnostics.length === 0)
    return nothingIn(shown, 'SW6002', `${shown} holds no contracts`);
  return { files, diagnostics: [...diagnostics, ...sameNames(files)] };
}

function namesIn(path: string): readonly string[] | undefined {
  try {
    return readdirSync(path).toSorted();
  } catch {
    return undefined;
  }
}

function nothingIn(shown: string, code: 'SW6001' | 'SW6002', message: string): ContractFolder {
  const hint = `declare what your clusters may ask each other, in ${posix.join(shown, 'guilds.ts')} for example:\n\n${FIRST_CONTRACT}\n`;
  return { files: [], diagnostics: [{ code, message, hint }] };
}

const HASH_LENGTH = 16;

/** What a page keeps of the text of its contract file; Git may check that out with other line ends. */
export function textHash(text: string): string {
  return sha256(text.replaceAll('\r\n', '\n')).slice(0, HASH_LENGTH);
}

interface FolderEntry {
  readonly file?: ContractFile;
  readonly diagnostic?: Diagnostic;
}

function entryOf(folder: string, shown: string, name: string): FolderEntry {
  const path = join(folder, name);
  const source = posix.join(shown, name);
  const stats = statSync(path, { throwIfNoEntry: false });
  // A link to nothing, as Emacs puts beside what it edits, or a file that has just gone.
  if (stats === undefined) return {};
  if (stats.isDirectory()) return { diagnostic: subfolder(source) };
  if (!/\.[cm]?tsx?$/.test(name)) return {};
  if (!name.endsWith('.ts') || contractName(source) === undefined) return { diagnostic: badName(source) };
  return { file: { path, source, text: readFileSync(path, 'utf8') } };
}

function subfolder(source: string): Diagnostic {
  return {
    code: 'SW1007',
    message: 'contracts lie side by side, so that each file makes one name',
    hint: 'move the files up, and types that contracts share out of the folder',
    place: { file: source },
  };
}

function badName(source: string): Diagnostic {
  return {
    code: 'SW1005',
    message: 'this file name makes no contract name',
    hint: 'use letters, digits and dashes, starting with a letter: user-settings.ts makes `userSettings`',
    place: { file: source },
  };
}

function sameNames(files: readonly ContractFile[]): readonly Diagnostic[] {
  const firstOf = new Map<string, string>();
  return files.flatMap(({ source }): readonly Diagnostic[] => {
    const name = contractName(source) ?? '';
    const first = firstOf.get(name);
    if (first === undefined) firstOf.set(name, source);
    if (first === undefined) return [];
    const message = `${posix.basename(first)} makes the contract name \`${name}\` already`;
    return [{ code: 'SW1006', message, hint: 'rename one of the two', place: { file: source } }];
  });
}
