/**
 * Id table: what is open, by the number that joins it to its answers.
 *
 * Numbers fill the header's 32 bits and come round after four thousand million; one that is still open then is
 * passed over, so that two waits never share a number. 0 means none.
 *
 * An entry lies in the slot that the low bits of its number name, and a number whose slot is taken is passed
 * over, too. A `Map` would do, but each of its many rebuilds leaves a dead copy in V8's old generation, which
 * keeps alive what the entries held: with 1000 calls in flight that was half the work of the garbage collector.
 */
const LARGEST_ID = 0xffff_ffff;
const FEWEST_SLOTS = 64;
/** A larger table is let go once it is empty: a burst must not be paid for ever. */
const KEEP_SLOTS = 8192;

export class IdTable<T extends { readonly id: number }> {
  #slots: (T | undefined)[] = emptySlots(FEWEST_SLOTS);
  #mask = FEWEST_SLOTS - 1;
  #size = 0;
  #lastId: number;

  /** @param lastId - The number before the first. */
  constructor(lastId = 0) {
    this.#lastId = lastId;
  }

  get size(): number {
    return this.#size;
  }

  /** A number that nothing has. Good for one `add`, which must come before the next is asked for. */
  freeId(): number {
    // Half of the slots at most are taken, so a free one is near.
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    do {
      this.#lastId = this.#lastId === LARGEST_ID ? 1 : this.#lastId + 1;
    } while (this.#slots[this.#lastId & this.#mask] !== undefined);
    return this.#lastId;
  }

  /** Adds an entry under a number that `freeId` gave. */
  add(entry: T): void {
    this.#slots[entry.id & this.#mask] = entry;
    this.#size += 1;
  }

  get(id: number): T | undefined {
    const entry = this.#slots[id & this.#mask];
    return entry !== undefined && entry.id === id ? entry : undefined;
  }

  /** `false`: nothing has this number. */
  delete(id: number): boolean {
    if (this.get(id) === undefined) return false;
    this.#slots[id & this.#mask] = undefined;
    this.#size -= 1;
    if (this.#size === 0 && this.#slots.length > KEEP_SLOTS) this.#resize(FEWEST_SLOTS);
    return true;
  }

  /** All entries, in no particular order; a copy, so they may be deleted meanwhile. */
  entries(): T[] {
    return this.#slots.filter((entry) => entry !== undefined);
  }

  #grow(): void {
    const entries = this.entries();
    this.#resize(this.#slots.length * 2);
    // Numbers that differ in fewer bits differ in more.
    for (const entry of entries) this.#slots[entry.id & this.#mask] = entry;
  }

  #resize(length: number): void {
    this.#slots = emptySlots(length);
    this.#mask = length - 1;
  }
}

function emptySlots<T>(length: number): (T | undefined)[] {
  return new Array<T | undefined>(length).fill(undefined);
}
