/**
 * The contracts folder: finds the contract files in it, and reports what does not belong there.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { sha256 } from './model/fingerprint.js';
import { contractName } from './model/contract-name.js';
import type { Diagnostic } from './diagnostics/diagnostics.js';

/** A contract file. Structurally the front end's `ContractSource`, which this room does not import. */
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
 * Reads the contract files of a folder.
 *
 * @param path - The folder's absolute path.
 * @param shown - The folder's path for messages, with forward slashes.
 */
export function readContractFolder(path: string, shown: string): ContractFolder {
  const names = namesIn(path);
  if (names === undefined) return emptyFolder(shown, 'SW6001', `contracts folder not found: ${shown}`);
  const entries = names.map((name) => entryOf(path, shown, name));
  const diagnostics = entries.flatMap((entry) => entry.diagnostic ?? []);
  const files = entries.flatMap((entry) => entry.file ?? []);
  if (files.length === 0 && diagnostics.length === 0)
    return emptyFolder(shown, 'SW6002', `no contract files in ${shown}`);
  return { files, diagnostics: [...diagnostics, ...duplicateNames(files)] };
}

function namesIn(path: string): readonly string[] | undefined {
  try {
    return readdirSync(path).toSorted();
  } catch {
    return undefined;
  }
}

function emptyFolder(shown: string, code: 'SW6001' | 'SW6002', message: string): ContractFolder {
  const hint = `declare what your clusters can ask each other, for example in ${posix.join(shown, 'guilds.ts')}:\n\n${FIRST_CONTRACT}\n`;
  return { files: [], diagnostics: [{ code, message, hint }] };
}

const HASH_LENGTH = 16;

/** Returns the hash that a page stores of its contract file. Line ends are normalised, since Git may change them. */
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
  // A dangling symbolic link, such as the lock files of Emacs, or a file that has just been deleted.
  if (stats === undefined) return {};
  if (stats.isDirectory()) return { diagnostic: subfolder(source) };
  if (!/\.[cm]?tsx?$/.test(name)) return {};
  if (!name.endsWith('.ts') || contractName(source) === undefined) return { diagnostic: invalidName(source) };
  return { file: { path, source, text: readFileSync(path, 'utf8') } };
}

function subfolder(source: string): Diagnostic {
  return {
    code: 'SW1007',
    message: 'the contracts folder must not have subfolders',
    hint: 'move contract files up, and types that contracts share out of the contracts folder',
    location: { file: source },
  };
}

function invalidName(source: string): Diagnostic {
  return {
    code: 'SW1005',
    message: 'file name is not a valid contract name',
    hint: 'use letters, digits and dashes, starting with a letter: user-settings.ts is the contract `userSettings`',
    location: { file: source },
  };
}

function duplicateNames(files: readonly ContractFile[]): readonly Diagnostic[] {
  const firstOf = new Map<string, string>();
  return files.flatMap(({ source }): readonly Diagnostic[] => {
    const name = contractName(source) ?? '';
    const first = firstOf.get(name);
    if (first === undefined) firstOf.set(name, source);
    if (first === undefined) return [];
    const message = `the contract name \`${name}\` is already used by ${posix.basename(first)}`;
    return [{ code: 'SW1006', message, hint: 'rename one of the files', location: { file: source } }];
  });
}
