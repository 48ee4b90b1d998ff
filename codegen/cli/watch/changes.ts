/**
 * Changes: what has happened since the last look, handed over once it is quiet.
 *
 * Saving a file is several changes, and checking out a branch is many.
 */

/** So long nothing must have happened. */
const QUIET_MS = 15;
/** But no longer than this after the first change. */
const MAX_WAIT_MS = 250;

export interface Burst {
  /** In the order in which they were first heard of. */
  readonly paths: readonly string[];
  /** When the first was heard of, by `performance.now()`. */
  readonly since: number;
}

export class Changes {
  readonly #paths = new Set<string>();
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  #deliver: ((burst: Burst | undefined) => void) | undefined;
  #isQuiet = false;
  #isOver = false;

  add(path: string): void {
    const now = performance.now();
    if (this.#paths.size === 0) this.#since = now;
    this.#paths.add(path);
    this.#isQuiet = false;
    clearTimeout(this.#timer);
    const left = Math.max(0, this.#since + MAX_WAIT_MS - now);
    this.#timer = setTimeout(() => this.#settle(), Math.min(QUIET_MS, left));
  }

  /** The next burst; `undefined` once it is over. Only one may wait. */
  next(): Promise<Burst | undefined> {
    return new Promise((deliver) => {
      this.#deliver = deliver;
      this.#handover();
    });
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#handover();
  }

  #settle(): void {
    this.#isQuiet = true;
    this.#handover();
  }

  #handover(): void {
    const deliver = this.#deliver;
    if (deliver === undefined || !(this.#isQuiet || this.#isOver)) return;
    const burst = { paths: [...this.#paths], since: this.#since };
    this.#deliver = undefined;
    this.#isQuiet = false;
    this.#paths.clear();
    deliver(this.#isOver ? undefined : burst);
  }
}
