/**
 * Changes: collects changed paths and delivers them in bursts.
 *
 * Saving a file is several changes, and checking out a branch is many.
 */

/** A burst ends after this long without a change. */
const QUIET_MS = 15;
/** A burst is delivered at the latest this long after its first change. */
const MAX_WAIT_MS = 250;

export interface Burst {
  /** In the order of their first change. */
  readonly paths: readonly string[];
  /** Time of the first change, by `performance.now()`. */
  readonly since: number;
}

export class Changes {
  readonly #paths = new Set<string>();
  #firstAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #deliver: ((burst: Burst | undefined) => void) | undefined;
  #isQuiet = false;
  #hasEnded = false;

  add(path: string): void {
    const now = performance.now();
    if (this.#paths.size === 0) this.#firstAt = now;
    this.#paths.add(path);
    this.#isQuiet = false;
    clearTimeout(this.#timer);
    const left = Math.max(0, this.#firstAt + MAX_WAIT_MS - now);
    this.#timer = setTimeout(() => this.#onQuiet(), Math.min(QUIET_MS, left));
  }

  /** Resolves with the next burst, or `undefined` after `end()`. Only one call may wait at a time. */
  next(): Promise<Burst | undefined> {
    return new Promise((deliver) => {
      this.#deliver = deliver;
      this.#deliverIfDue();
    });
  }

  end(): void {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#deliverIfDue();
  }

  #onQuiet(): void {
    this.#isQuiet = true;
    this.#deliverIfDue();
  }

  #deliverIfDue(): void {
    const deliver = this.#deliver;
    if (deliver === undefined || !(this.#isQuiet || this.#hasEnded)) return;
    const burst = { paths: [...this.#paths], since: this.#firstAt };
    this.#deliver = undefined;
    this.#isQuiet = false;
    this.#paths.clear();
    deliver(this.#hasEnded ? undefined : burst);
  }
}
