/**
 * What to watch: the folders whose files contracts are made of, and which changes in them mean something.
 *
 * Folders, not files: editors save by putting another file in the place of the old one, and a file that is not there yet
 * cannot be watched. Pure.
 */
import { basename, dirname, relative } from 'node:path';

export interface WatchedProject {
  /** All paths are absolute. */
  readonly root: string;
  readonly contracts: string;
  readonly tsconfig: string;
  /** The files that the last reading was made of. */
  readonly files: readonly string[];
}

export interface WatchedPaths {
  readonly folders: ReadonlySet<string>;
  readonly isRelevant: (path: string) => boolean;
}

const SOURCE = /\.[cm]?tsx?$|\.json$/;

export function watchedPaths({ root, contracts, tsconfig, files }: WatchedProject): WatchedPaths {
  const own = new Set([contracts, ...files.map((file) => dirname(file))]);
  // Folders come and go, too: that is seen from the ones above.
  const above = new Set([...own].flatMap((folder) => foldersAbove(folder, root)));
  const named = new Set([tsconfig, `${root}/package.json`]);
  return {
    folders: new Set([root, dirname(tsconfig), ...own, ...above]),
    isRelevant: (path) =>
      named.has(path) ||
      (own.has(dirname(path)) && SOURCE.test(basename(path))) ||
      own.has(path) ||
      above.has(path),
  };
}

/** Up to the root; none for a folder outside of it. */
function foldersAbove(folder: string, root: string): readonly string[] {
  const found: string[] = [];
  if (relative(root, folder).startsWith('..')) return found;
  for (let one = folder; one !== root && dirname(one) !== one; one = dirname(one)) found.push(dirname(one));
  return found;
}
