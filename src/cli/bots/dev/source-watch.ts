/**
 * Source watch: tells when the bot's source or its contracts change.
 *
 * Looks again at what is there after every change, as folders and imports come and go.
 */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FolderWatch } from './folder-watch.js';
import { reachableFiles } from './imports.js';
import { isCode, mayHoldSource, meaningOf } from './watched-project.js';
import type { ChangeKind, ProjectFiles } from './watched-project.js';

export type ProjectPlaces = Pick<ProjectFiles, 'bot' | 'contracts' | 'out'>;

export class SourceWatch {
  readonly #places: ProjectPlaces;
  readonly #changed: (kind: ChangeKind, path: string) => void;
  readonly #folders = new FolderWatch((path) => this.#look(path));
  #files: ProjectFiles;

  constructor(places: ProjectPlaces, changed: (kind: ChangeKind, path: string) => void) {
    this.#places = places;
    this.#changed = changed;
    this.#files = this.#read();
    this.#folders.set(foldersOf(this.#files));
  }

  close(): void {
    this.#folders.close();
  }

  #look(path: string): void {
    // Before: it may be gone. After: it may be new, or lead to what is.
    const before = meaningOf(path, this.#files);
    if (before === undefined && !isCode(path) && !isFolder(path)) return;
    this.#files = this.#read();
    const added = this.#folders.set(foldersOf(this.#files));
    const kind = before ?? meaningOf(path, this.#files);
    if (kind !== undefined) this.#changed(kind, path);
    for (const folder of added) this.#lookInto(folder);
  }

  /** What came with a folder was not heard of. */
  #lookInto(folder: string): void {
    for (const name of namesIn(folder)) {
      const kind = meaningOf(join(folder, name), this.#files);
      if (kind !== undefined) this.#changed(kind, join(folder, name));
    }
  }

  #read(): ProjectFiles {
    const { bot, contracts } = this.#places;
    const own = contracts === undefined ? [] : namesIn(contracts).map((name) => join(contracts, name));
    return {
      ...this.#places,
      reachable: reachableFiles([bot]),
      reachableFromContracts: reachableFiles(own.filter((path) => /\.[cm]?ts$/.test(path))),
    };
  }
}

function foldersOf(files: ProjectFiles): ReadonlySet<string> {
  const { contracts, reachable, reachableFromContracts } = files;
  const imported = [...reachable, ...reachableFromContracts].map((path) => dirname(path));
  // From above it is seen that the contracts come into being.
  const ofContracts = contracts === undefined ? [] : [contracts, dirname(contracts)];
  return new Set([...sourceFolders(dirname(files.bot), files), ...imported, ...ofContracts]);
}

function sourceFolders(folder: string, files: ProjectFiles): string[] {
  const below = readdir(folder).filter((entry) => entry.isDirectory());
  const paths = below.map(({ name }) => join(folder, name)).filter((path) => mayHoldSource(path, files));
  return [folder, ...paths.flatMap((path) => sourceFolders(path, files))];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function namesIn(folder: string): string[] {
  return readdir(folder).map(({ name }) => name);
}

function readdir(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
