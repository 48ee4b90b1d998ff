/**
 * Development loop: decides what a change leads to, and when.
 *
 * Changes in quick succession count as one. One run at a time: first the pages, if a contract changed, then the clusters.
 * A change during a run makes that run useless, so the run is aborted, and exactly one run follows. As long as the pages
 * cannot be written nothing is restarted: the source may need pages that do not exist yet.
 */
import { setMaxListeners } from 'node:events';
import type { ChangeKind } from './watched-project.js';

export interface DevDeps {
  /** Called once for all changes in quick succession. */
  onChanges(paths: ReadonlySet<string>): void;
  /** Writes the pages and prints problems. Returns whether the pages were written. */
  generate(): Promise<boolean>;
  /** Runs the current source of the bot and prints failures. Settles when the bot runs or has failed. */
  restart(signal: AbortSignal): Promise<void>;
}

/** Changes are handled after this long without another. Saving one file is several changes, a checkout is many. */
export const QUIET_MS = 100;

export class DevLoop {
  readonly #deps: DevDeps;
  #needsPages: boolean;
  #quietTimer: NodeJS.Timeout | undefined;
  #running: AbortController | undefined;
  #isDue = false;
  #paths = new Set<string>();

  /** @param options - `pages`: whether the pages are written before the first start. */
  constructor(deps: DevDeps, options: { readonly pages: boolean }) {
    this.#deps = deps;
    this.#needsPages = options.pages;
  }

  /** Runs the bot for the first time. */
  start(): void {
    void this.#run();
  }

  onChange(kind: ChangeKind, path: string): void {
    this.#paths.add(path);
    if (kind === 'contract') this.#needsPages = true;
    clearTimeout(this.#quietTimer);
    this.#quietTimer = setTimeout(() => this.#onQuiet(), QUIET_MS);
  }

  #onQuiet(): void {
    this.#deps.onChanges(this.#paths);
    this.#paths = new Set();
    if (this.#running === undefined) {
      void this.#run();
      return;
    }
    this.#isDue = true;
    this.#running.abort();
  }

  async #run(): Promise<void> {
    do {
      this.#isDue = false;
      this.#running = new AbortController();
      setMaxListeners(0, this.#running.signal);
      await this.#runOnce(this.#running.signal);
    } while (this.#isDue);
    this.#running = undefined;
  }

  async #runOnce(signal: AbortSignal): Promise<void> {
    if (this.#needsPages) {
      this.#needsPages = false;
      if (!(await this.#deps.generate())) {
        this.#needsPages = true;
        return;
      }
    }
    if (!signal.aborted) await this.#deps.restart(signal);
  }
}
