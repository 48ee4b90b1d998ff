/**
 * Watched project: which folders are watched, and what kind of change a path means. Pure.
 *
 * Source is every code file below the bot file's folder, and every file that these import from elsewhere. Data files
 * count only if they are imported: a bot may write data files itself.
 */
import { basename, dirname, sep } from 'node:path';

/** The files and folders of a project. All paths are absolute. */
export interface ProjectFiles {
  readonly bot: string;
  /** Folder of the contracts; `undefined` where no pages are written. */
  readonly contracts: string | undefined;
  /** Output folder of the pages. */
  readonly out: string;
  /** The bot file and every file that it imports, directly or not. */
  readonly reachable: ReadonlySet<string>;
  /** The contracts and every file that they import, directly or not. */
  readonly reachableFromContracts: ReadonlySet<string>;
}

export type ChangeKind = 'contract' | 'source';

const CODE = /\.[cm]?[jt]sx?$/;
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'build', 'out', 'coverage', 'bower_components']);

export function isCode(path: string): boolean {
  return CODE.test(path);
}

/** Whether a folder below the bot's can contain source of the bot. */
export function canContainSource(folder: string, { out }: Pick<ProjectFiles, 'out'>): boolean {
  const name = basename(folder);
  return folder !== out && !name.startsWith('.') && !SKIPPED_FOLDERS.has(name);
}

/** The kind of a change at this path; `undefined` where the change does not concern the bot. */
export function changeKindOf(path: string, files: ProjectFiles): ChangeKind | undefined {
  if (isInside(path, files.out)) return undefined;
  if (files.reachableFromContracts.has(path)) return 'contract';
  if (dirname(path) === files.contracts && isCode(path)) return 'contract';
  if (files.reachable.has(path)) return 'source';
  return isCode(path) && isSourceOfBot(path, files) ? 'source' : undefined;
}

function isSourceOfBot(path: string, files: ProjectFiles): boolean {
  const root = dirname(files.bot);
  if (!isInside(path, root)) return false;
  const folders = path
    .slice(root.length + 1)
    .split(sep)
    .slice(0, -1);
  return folders.every((_name, index) =>
    canContainSource([root, ...folders.slice(0, index + 1)].join(sep), files),
  );
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(`${folder}${sep}`);
}
