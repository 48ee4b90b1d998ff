/**
 * Watched paths: the folders that hold contracts and the files they import, and the changes in them that matter.
 *
 * Folders, not files: editors save by renaming a new file over the old one, and a file that does not exist yet cannot be
 * watched. Pure.
 */
import { basename, dirname, relative } from 'node:path';

export interface WatchedProject {
  /** All paths are absolute. */
  readonly root: string;
  readonly contracts: string;
  readonly tsconfig: string;
  /** The files that were read for the last build. */
  readonly files: readonly string[];
}

export interface WatchedPaths {
  readonly folders: ReadonlySet<string>;
  readonly isRelevant: (path: string) => boolean;
}

const SOURCE = /\.[cm]?tsx?$|\.json$/;

export function watchedPaths({ root, contracts, tsconfig, files }: WatchedProject): WatchedPaths {
  const contractFolders = new Set([contracts, ...files.map((file) => dirname(file))]);
  // Folders are created and removed, too, which only their parents report.
  const parentFolders = new Set([...contractFolders].flatMap((folder) => parentsOf(folder, root)));
  const configFiles = new Set([tsconfig, `${root}/package.json`]);
  return {
    folders: new Set([root, dirname(tsconfig), ...contractFolders, ...parentFolders]),
    isRelevant: (path) =>
      configFiles.has(path) ||
      (contractFolders.has(dirname(path)) && SOURCE.test(basename(path))) ||
      contractFolders.has(path) ||
      parentFolders.has(path),
  };
}

/** Up to the root; empty for a folder outside of the root. */
function parentsOf(folder: string, root: string): readonly string[] {
  const found: string[] = [];
  if (relative(root, folder).startsWith('..')) return found;
  for (let one = folder; one !== root && dirname(one) !== one; one = dirname(one)) found.push(dirname(one));
  return found;
}
