/**
 * Id table: open entries, by the id that joins each to its answers.
 *
 * Ids fill the header's 32 bits and wrap around after four thousand million; an id that is still open then is skipped,
 * so that two entries never share one. 0 means none.
 *
 * An entry lies in the slot that the low bits of its id name, and an id whose slot is in use is skipped, too. A `Map`
 * would do, but each of its many rebuilds leaves a dead copy in V8's old generation, which keeps alive what the entries
 * held: with 1000 calls in flight that was half the work of the garbage collector.
 */
const LARGEST_ID = 0xffff_ffff;
const FEWEST_SLOTS = 64;
/** A larger table shrinks once it is empty: a burst must not be paid for ever. */
const KEEP_SLOTS = 8192;

export class IdTable<T extends { readonly id: number }> {
  #slots: (T | undefined)[] = emptySlots(FEWEST_SLOTS);
  #mask = FEWEST_SLOTS - 1;
  #size = 0;
  #lastId: number;

  /** @param lastId - The id before the first one that is assigned. */
  constructor(lastId = 0) {
    this.#lastId = lastId;
  }

  get size(): number {
    return this.#size;
  }

  /** Returns an id that no entry has. It is good for one `add`, which must come before the next `freeId`. */
  freeId(): number {
    // Half of the slots at most are in use, so a free one is near.
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    do {
      this.#lastId = this.#lastId === LARGEST_ID ? 1 : this.#lastId + 1;
    } while (this.#slots[this.#lastId & this.#mask] !== undefined);
    return this.#lastId;
  }

  /** Adds an entry under an id that `freeId` returned. */
  add(entry: T): void {
    this.#slots[entry.id & this.#mask] = entry;
    this.#size += 1;
  }

  get(id: number): T | undefined {
    const entry = this.#slots[id & this.#mask];
    return entry !== undefined && entry.id === id ? entry : undefined;
  }

  /** Returns `false` if no entry has this id. */
  delete(id: number): boolean {
    if (this.get(id) === undefined) return false;
    this.#slots[id & this.#mask] = undefined;
    this.#size -= 1;
    if (this.#size === 0 && this.#slots.length > KEEP_SLOTS) this.#resize(FEWEST_SLOTS);
    return true;
  }

  /** Returns all entries, in no particular order. The array is a copy, so entries may be deleted meanwhile. */
  entries(): T[] {
    return this.#slots.filter((entry) => entry !== undefined);
  }

  #grow(): void {
    const entries = this.entries();
    this.#resize(this.#slots.length * 2);
    // Ids that differ in their lowest bits still do when more bits count.
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
