/**
 * Correlation ids: the numbers that join a frame to its answers.
 *
 * They fill the header's 32 bits and come round after four thousand million; one that is still open then is
 * passed over, so that two waits never share a number. 0 means none.
 */
const LARGEST_ID = 0xffff_ffff;

export class CorrelationIds {
  readonly #isOpen: (id: number) => boolean;
  #lastId = 0;

  constructor(isOpen: (id: number) => boolean) {
    this.#isOpen = isOpen;
  }

  next(): number {
    do {
      this.#lastId = this.#lastId === LARGEST_ID ? 1 : this.#lastId + 1;
    } while (this.#isOpen(this.#lastId));
    return this.#lastId;
  }
}
