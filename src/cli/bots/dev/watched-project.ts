/**
 * Watched project: which folders are watched, and what a change in them means.
 *
 * Source is every file with code below the bot file's folder, and what it imports from elsewhere. Data files count only
 * if they are imported: a bot may write some itself.
 */
import { basename, dirname, sep } from 'node:path';

/** What is there. All paths are absolute. */
export interface ProjectFiles {
  readonly bot: string;
  /** Where the contracts are, if pages are written at all. */
  readonly contracts: string | undefined;
  /** Where the pages go. */
  readonly out: string;
  /** Every file that the bot file leads to. */
  readonly reachable: ReadonlySet<string>;
  /** Every file that the contracts lead to. */
  readonly reachableFromContracts: ReadonlySet<string>;
}

export type ChangeKind = 'contract' | 'source';

const CODE = /\.[cm]?[jt]sx?$/;
const NOT_SOURCE = new Set(['node_modules', 'dist', 'build', 'out', 'coverage', 'bower_components']);

export function isCode(path: string): boolean {
  return CODE.test(path);
}

/** Whether a folder below the bot's may hold source of it. */
export function mayHoldSource(folder: string, { out }: Pick<ProjectFiles, 'out'>): boolean {
  const name = basename(folder);
  return folder !== out && !name.startsWith('.') && !NOT_SOURCE.has(name);
}

/** What a change of this path means for the bot; `undefined`: nothing. */
export function meaningOf(path: string, files: ProjectFiles): ChangeKind | undefined {
  if (isInside(path, files.out)) return undefined;
  if (files.reachableFromContracts.has(path)) return 'contract';
  if (dirname(path) === files.contracts && isCode(path)) return 'contract';
  if (files.reachable.has(path)) return 'source';
  return isCode(path) && isBelowBot(path, files) ? 'source' : undefined;
}

function isBelowBot(path: string, files: ProjectFiles): boolean {
  const root = dirname(files.bot);
  if (!isInside(path, root)) return false;
  const folders = path
    .slice(root.length + 1)
    .split(sep)
    .slice(0, -1);
  return folders.every((_name, index) =>
    mayHoldSource([root, ...folders.slice(0, index + 1)].join(sep), files),
  );
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(`${folder}${sep}`);
}
