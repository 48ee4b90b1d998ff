/**
 * Source watch: reports changes of the bot's source and its contracts.
 *
 * The project is read again after every change, as folders and imports come and go.
 */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FolderWatch } from '../../kit/folder-watch.js';
import { reachableFiles } from './imports.js';
import { isCode, canContainSource, changeKindOf } from './watched-project.js';
import type { ChangeKind, ProjectFiles } from './watched-project.js';

export type ProjectPaths = Pick<ProjectFiles, 'bot' | 'contracts' | 'out'>;

export class SourceWatch {
  readonly #paths: ProjectPaths;
  readonly #report: (kind: ChangeKind, path: string) => void;
  readonly #folders = new FolderWatch((path) => this.#onChange(path));
  #files: ProjectFiles;

  constructor(paths: ProjectPaths, report: (kind: ChangeKind, path: string) => void) {
    this.#paths = paths;
    this.#report = report;
    this.#files = this.#readFiles();
    this.#folders.set(foldersOf(this.#files));
  }

  close(): void {
    this.#folders.close();
  }

  #onChange(path: string): void {
    // Asked before and after the project is read: a removed path was known before, a new one is known after.
    const before = changeKindOf(path, this.#files);
    if (before === undefined && !isCode(path) && !isFolder(path)) return;
    this.#files = this.#readFiles();
    const added = this.#folders.set(foldersOf(this.#files));
    const kind = before ?? changeKindOf(path, this.#files);
    if (kind !== undefined) this.#report(kind, path);
    for (const folder of added) this.#reportFilesIn(folder);
  }

  /** Files that were in a folder before it was watched were not reported. */
  #reportFilesIn(folder: string): void {
    for (const name of namesIn(folder)) {
      const kind = changeKindOf(join(folder, name), this.#files);
      if (kind !== undefined) this.#report(kind, join(folder, name));
    }
  }

  #readFiles(): ProjectFiles {
    const { bot, contracts } = this.#paths;
    const own = contracts === undefined ? [] : namesIn(contracts).map((name) => join(contracts, name));
    return {
      ...this.#paths,
      reachable: reachableFiles([bot]),
      reachableFromContracts: reachableFiles(own.filter((path) => /\.[cm]?ts$/.test(path))),
    };
  }
}

function foldersOf(files: ProjectFiles): ReadonlySet<string> {
  const { contracts, reachable, reachableFromContracts } = files;
  const imported = [...reachable, ...reachableFromContracts].map((path) => dirname(path));
  // The parent is watched for a contracts folder that does not exist yet.
  const ofContracts = contracts === undefined ? [] : [contracts, dirname(contracts)];
  return new Set([...sourceFolders(dirname(files.bot), files), ...imported, ...ofContracts]);
}

function sourceFolders(folder: string, files: ProjectFiles): string[] {
  const below = entriesIn(folder).filter((entry) => entry.isDirectory());
  const paths = below.map(({ name }) => join(folder, name)).filter((path) => canContainSource(path, files));
  return [folder, ...paths.flatMap((path) => sourceFolders(path, files))];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function namesIn(folder: string): string[] {
  return entriesIn(folder).map(({ name }) => name);
}

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
