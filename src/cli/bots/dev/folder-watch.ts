/**
 * Folder watch: tells of every change directly inside some folders.
 *
 * Folders and not files, since editors save by putting another file in the place of the old one. One by one and not
 * recursively: what Node does for that on Linux watches every file of `node_modules`, too.
 */
import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { join } from 'node:path';

/** A folder that has gone by now is none. */
const GONE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);

export class FolderWatch {
  readonly #changed: (path: string) => void;
  readonly #watchers = new Map<string, FSWatcher>();

  /** @param changed - Gets the path of what has changed. */
  constructor(changed: (path: string) => void) {
    this.#changed = changed;
  }

  /** Watches these and no others. Returns those that are new: what happened in them before is not known. */
  set(folders: ReadonlySet<string>): string[] {
    for (const folder of this.#watchers.keys()) if (!folders.has(folder)) this.#drop(folder);
    return [...folders].filter((folder) => !this.#watchers.has(folder) && this.#add(folder));
  }

  close(): void {
    for (const folder of this.#watchers.keys()) this.#drop(folder);
  }

  #add(folder: string): boolean {
    try {
      const watcher = watch(folder, (event, name) => {
        // What was at this path may be gone, with its watcher seeing nothing any more.
        if (event === 'rename' && name !== null) this.#drop(join(folder, name));
        this.#changed(join(folder, name ?? ''));
      });
      watcher.on('error', () => this.#drop(folder));
      this.#watchers.set(folder, watcher);
      return true;
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      // The system's limit of watches, say.
      if (!GONE.has(code)) process.emitWarning(`${folder} is not watched: ${message}`, 'ShardwireWarning');
      return false;
    }
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }
}
