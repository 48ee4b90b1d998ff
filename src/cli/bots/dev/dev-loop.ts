/**
 * Development loop: what a change leads to, and when.
 *
 * Changes that come together are one. One run at a time: first the pages, if a contract has changed, then the clusters.
 * What changes during a run makes it useless, so it is interrupted, and however much changed, one run follows. While the
 * pages cannot be written nothing is started anew: the source may be written for pages that are not there yet.
 */
import { setMaxListeners } from 'node:events';
import type { ChangeKind } from './watched-project.js';

export interface DevActs {
  /** Told once for all that has changed together. */
  noticed(paths: ReadonlySet<string>): void;
  /** Writes the pages. Returns whether it could. Says what is wrong by itself. */
  generate(): Promise<boolean>;
  /** Runs the bot as its source is now; settles when that is done or has failed, which it says by itself. */
  restart(interrupt: AbortSignal): Promise<void>;
}

/** So long nothing must have changed. Saving one file is several changes, and checking out a branch is many. */
export const QUIET_MS = 100;

export class DevLoop {
  readonly #acts: DevActs;
  #needsPages: boolean;
  #quiet: NodeJS.Timeout | undefined;
  #running: AbortController | undefined;
  #isDue = false;
  #paths = new Set<string>();

  /** @param options - `pages`: whether they are written before the first start. */
  constructor(acts: DevActs, options: { readonly pages: boolean }) {
    this.#acts = acts;
    this.#needsPages = options.pages;
  }

  /** Runs the bot for the first time. */
  begin(): void {
    void this.#run();
  }

  changed(kind: ChangeKind, path: string): void {
    this.#paths.add(path);
    if (kind === 'contract') this.#needsPages = true;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#settled(), QUIET_MS);
  }

  #settled(): void {
    this.#acts.noticed(this.#paths);
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
      await this.#once(this.#running.signal);
    } while (this.#isDue);
    this.#running = undefined;
  }

  async #once(interrupt: AbortSignal): Promise<void> {
    if (this.#needsPages) {
      this.#needsPages = false;
      if (!(await this.#acts.generate())) {
        this.#needsPages = true;
        return;
      }
    }
    if (!interrupt.aborted) await this.#acts.restart(interrupt);
  }
}
