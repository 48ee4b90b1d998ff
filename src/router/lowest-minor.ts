/**
 * Lowest minor: the oldest minor version of the protocol among the processes that are up.
 *
 * What a later minor version brought may be used only while every process knows it.
 */

/** @typeParam P - Names one process. */
export class LowestMinor<P> {
  readonly #own: number;
  readonly #minors = new Map<P, number>();

  /** @param own - The minor version of the manager, which counts as well. */
  constructor(own: number) {
    this.#own = own;
  }

  get value(): number {
    return Math.min(this.#own, ...this.#minors.values());
  }

  /** A process is up. Returns whether `value` has changed. */
  add(process: P, minor: number): boolean {
    const before = this.value;
    this.#minors.set(process, minor);
    return this.value !== before;
  }

  /** A process is gone. Returns whether `value` has changed. */
  delete(process: P): boolean {
    const before = this.value;
    this.#minors.delete(process);
    return this.value !== before;
  }
}
