/**
 * Folder watch: tells of every change directly inside some folders.
 *
 * A thin hand on the file system. Folders that are not there are left out; one that was replaced is watched anew.
 */
import { statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { join } from 'node:path';

interface Watched {
  readonly watcher: FSWatcher;
  /** Which folder it is, whatever its name. */
  readonly inode: bigint;
}

export class FolderWatch {
  readonly #onChange: (path: string) => void;
  readonly #watched = new Map<string, Watched>();

  /** @param onChange - Called with the path of what changed, or of the folder where that is not known. */
  constructor(onChange: (path: string) => void) {
    this.#onChange = onChange;
  }

  /**
   * Watches these folders and no others.
   *
   * @returns Whether one is new: what happened in it before is not known.
   */
  set(folders: ReadonlySet<string>): boolean {
    for (const [folder, { inode }] of this.#watched) {
      if (!folders.has(folder) || inodeOf(folder) !== inode) this.#drop(folder);
    }
    const added = [...folders].filter((folder) => !this.#watched.has(folder) && this.#add(folder));
    return added.length > 0;
  }

  close(): void {
    for (const folder of this.#watched.keys()) this.#drop(folder);
  }

  #add(folder: string): boolean {
    const inode = inodeOf(folder);
    if (inode === undefined) return false;
    try {
      const watcher = watch(folder, (_event, name) => this.#onChange(join(folder, name ?? '')));
      watcher.on('error', () => {
        this.#drop(folder);
        this.#onChange(folder);
      });
      this.#watched.set(folder, { watcher, inode });
      return true;
    } catch {
      return false;
    }
  }

  #drop(folder: string): void {
    this.#watched.get(folder)?.watcher.close();
    this.#watched.delete(folder);
  }
}

function inodeOf(folder: string): bigint | undefined {
  return statSync(folder, { bigint: true, throwIfNoEntry: false })?.ino;
}
