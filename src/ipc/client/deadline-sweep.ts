/**
 * Deadline sweep: one timer for many deadlines.
 *
 * Nearly every call ends long before its deadline, so a timer per call is wasted work (about 200 ns per call more than
 * this). Here a single timer is set for the earliest deadline known at that moment; when it fires, its owner ends the
 * waits that are due and returns the next deadline. With calls of 30 s that end in milliseconds, it fires twice a minute.
 */

/** Ends all waits that are due at `now`; returns the earliest deadline of the rest, `Infinity` for none. */
export type Sweep = (now: number) => number;

/** Deadlines this close together end in one sweep, so that many of them cost little. */
const GRANULARITY_MS = 4;

export class DeadlineSweep {
  readonly #sweep: Sweep;
  #timer: NodeJS.Timeout | undefined;
  #firesAt = Number.POSITIVE_INFINITY;

  constructor(sweep: Sweep) {
    this.#sweep = sweep;
  }

  /** The clock of the deadlines: milliseconds, monotonic. */
  now(): number {
    return performance.now();
  }

  /** To be called when a wait opens that ends at `deadline`. `isFirst`: no other wait was open. */
  onOpen(deadline: number, isFirst: boolean): void {
    if (deadline < this.#firesAt) this.#schedule(deadline);
    else if (isFirst) this.#timer?.ref();
  }

  /** To be called when the last wait has ended: the timer then does not keep the process alive. */
  onIdle(): void {
    this.#timer?.unref();
  }

  #schedule(at: number): void {
    clearTimeout(this.#timer);
    this.#firesAt = at;
    this.#timer = setTimeout(() => this.#fire(), Math.max(GRANULARITY_MS, at - this.now()));
  }

  #fire(): void {
    this.#timer = undefined;
    this.#firesAt = Number.POSITIVE_INFINITY;
    const next = this.#sweep(this.now());
    // A wait opened by the sweep itself may have set an earlier one.
    if (next < this.#firesAt) this.#schedule(next);
  }
}
