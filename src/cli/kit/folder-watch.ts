/**
 * Folder watch: reports every change directly inside some folders.
 *
 * Folders and not files, since editors save by renaming a new file over the old one. One by one and not recursively:
 * Node's recursive watch on Linux watches every file of `node_modules`, too.
 */
import { statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { join } from 'node:path';

/** Errors of a folder that was removed before it could be watched. */
const GONE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);

interface Watched {
  readonly watcher: FSWatcher;
  /** Tells a folder from its replacement under the same path. */
  readonly inode: bigint;
}

export class FolderWatch {
  readonly #onChange: (path: string) => void;
  readonly #watched = new Map<string, Watched>();
  /** Folders that could not be watched: the warning is not repeated. */
  readonly #warned = new Set<string>();

  /** @param onChange - Called with the path that changed, or with the folder where the name is unknown. */
  constructor(onChange: (path: string) => void) {
    this.#onChange = onChange;
  }

  /**
   * Watches exactly these folders. Folders that do not exist are skipped, replaced ones are watched anew.
   *
   * @returns The folders that were added: earlier changes in them were not reported.
   */
  set(folders: ReadonlySet<string>): readonly string[] {
    for (const [folder, { inode }] of this.#watched) {
      if (!folders.has(folder) || inodeOf(folder) !== inode) this.#drop(folder);
    }
    return [...folders].filter((folder) => !this.#watched.has(folder) && this.#add(folder));
  }

  close(): void {
    for (const folder of this.#watched.keys()) this.#drop(folder);
  }

  #add(folder: string): boolean {
    const inode = inodeOf(folder);
    if (inode === undefined) return false;
    try {
      const watcher = watch(folder, (event, name) => this.#changed(folder, event, name));
      watcher.on('error', () => {
        this.#drop(folder);
        this.#onChange(folder);
      });
      this.#watched.set(folder, { watcher, inode });
      return true;
    } catch (error) {
      this.#warn(folder, error as NodeJS.ErrnoException);
      return false;
    }
  }

  #changed(folder: string, event: string, name: string | null): void {
    const path = join(folder, name ?? '');
    // The folder at this path may have been replaced: its watcher sees the old one. Inodes are reused, too.
    if (event === 'rename' && name !== null) this.#drop(path);
    this.#onChange(path);
  }

  /** The system's limit of watches, for example. */
  #warn(folder: string, { code = '', message }: NodeJS.ErrnoException): void {
    if (GONE.has(code) || this.#warned.has(folder)) return;
    this.#warned.add(folder);
    process.emitWarning(`Cannot watch ${folder}: ${message}`, 'ShardwireWarning');
  }

  #drop(folder: string): void {
    this.#watched.get(folder)?.watcher.close();
    this.#watched.delete(folder);
  }
}

function inodeOf(folder: string): bigint | undefined {
  try {
    return statSync(folder, { bigint: true }).ino;
  } catch {
    return undefined;
  }
}
