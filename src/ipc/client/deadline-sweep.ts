/**
 * Deadline sweep: one timer for many deadlines.
 *
 * Nearly every call ends long before its deadline, so a timer for each is work for nothing (about 200 ns a
 * call more than this). Here one timer is set for the earliest deadline that was known when it was set; when
 * it fires, whoever keeps the waits ends those that are due and names the next. With calls of 30 s that end in
 * milliseconds, it fires twice a minute.
 */

/** Ends all waits that are due at `now`; returns the earliest deadline of the rest, `Infinity` for none. */
export type Sweep = (now: number) => number;

/** Deadlines this close together end in one sweep, so that many of them cost few. */
const GRANULARITY_MS = 4;

export class DeadlineSweep {
  readonly #sweep: Sweep;
  #timer: NodeJS.Timeout | undefined;
  #firesAt = Number.POSITIVE_INFINITY;

  constructor(sweep: Sweep) {
    this.#sweep = sweep;
  }

  /** The clock that deadlines are read on: milliseconds, only ever forward. */
  now(): number {
    return performance.now();
  }

  /** A wait that ends at `deadline` was opened; `isFirst`: there was none. */
  opened(deadline: number, isFirst: boolean): void {
    if (deadline < this.#firesAt) this.#set(deadline);
    else if (isFirst) this.#timer?.ref();
  }

  /** No wait is open: nothing here keeps the process alive. */
  idle(): void {
    this.#timer?.unref();
  }

  #set(at: number): void {
    clearTimeout(this.#timer);
    this.#firesAt = at;
    this.#timer = setTimeout(() => this.#fire(), Math.max(GRANULARITY_MS, at - this.now()));
  }

  #fire(): void {
    this.#timer = undefined;
    this.#firesAt = Number.POSITIVE_INFINITY;
    const next = this.#sweep(this.now());
    // A wait opened by the sweep itself may have set an earlier one.
    if (next < this.#firesAt) this.#set(next);
  }
}
