/**
 * Asked flights: the flights that one process waits for, by its own number for the call; a fan-out has several.
 *
 * Asked for only when a caller gives up, but kept for every call, so it must cost next to nothing: flights of the same
 * bucket hold each other in a chain. A `Map` took a tenth of the router's time for a call.
 */

/** A flight, as its caller knows it. */
export interface AskedFlight {
  /** The caller's own number for the call. */
  readonly correlation: number;
  /** The next of its bucket; belongs to the index that holds it. */
  nextAsked: AskedFlight | undefined;
}

/** Numbers count up, so that neighbours lie in different buckets. */
const FEWEST_BUCKETS = 64;
/** A larger index is let go once it is empty: a burst must not be paid for ever. */
const KEEP_BUCKETS = 8192;

export class CallerIndex<F extends AskedFlight> {
  #buckets: (F | undefined)[] = emptyBuckets(FEWEST_BUCKETS);
  #mask = FEWEST_BUCKETS - 1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(flight: F): void {
    if (this.#size >= this.#buckets.length) this.#grow();
    this.#put(flight);
    this.#size += 1;
  }

  /** Of one call, in no particular order. */
  of(correlation: number): F[] {
    return this.#chain(correlation).filter((flight) => flight.correlation === correlation);
  }

  /** Nothing happens if it is not there. */
  remove(flight: F): void {
    const at = flight.correlation & this.#mask;
    let before: F | undefined;
    let each = this.#buckets[at];
    while (each !== undefined && each !== flight) {
      before = each;
      each = each.nextAsked as F | undefined;
    }
    if (each === undefined) return;
    if (before === undefined) this.#buckets[at] = each.nextAsked as F | undefined;
    else before.nextAsked = each.nextAsked;
    each.nextAsked = undefined;
    this.#size -= 1;
    if (this.#size === 0 && this.#buckets.length > KEEP_BUCKETS) this.#resize(FEWEST_BUCKETS);
  }

  #put(flight: F): void {
    const at = flight.correlation & this.#mask;
    flight.nextAsked = this.#buckets[at];
    this.#buckets[at] = flight;
  }

  #grow(): void {
    const flights = this.#buckets.flatMap((_, at) => this.#chain(at));
    this.#resize(this.#buckets.length * 2);
    for (const flight of flights) this.#put(flight);
  }

  #chain(correlation: number): F[] {
    const flights: F[] = [];
    let each = this.#buckets[correlation & this.#mask];
    while (each !== undefined) {
      flights.push(each);
      each = each.nextAsked as F | undefined;
    }
    return flights;
  }

  #resize(length: number): void {
    this.#buckets = emptyBuckets(length);
    this.#mask = length - 1;
  }
}

function emptyBuckets<F>(length: number): (F | undefined)[] {
  return new Array<F | undefined>(length).fill(undefined);
}
