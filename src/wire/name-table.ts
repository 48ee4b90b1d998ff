/**
 * Name table: handler and event names, and the ids that stand for them on the wire.
 *
 * Only the manager assigns ids; every other process learns them. A name without an id travels inline in its frame, so
 * the table is a saving and never a condition.
 *
 * An id may stand for a name together with a contract fingerprint: then its frames carry rows of that contract. Such a
 * row id routes like any other.
 */

/** An id and the name that it stands for; for a row id, also the fingerprint of the contract. */
export type NameEntry = readonly [id: number, name: string, fingerprint?: string];

export class NameTable {
  readonly #ids = new Map<string, number>();
  readonly #rowIds = new Map<string, number>();
  readonly #entries = new Map<number, NameEntry>();

  get size(): number {
    return this.#entries.size;
  }

  learn(entry: NameEntry): void {
    const [id, name, fingerprint] = entry;
    if (fingerprint === undefined) this.#ids.set(name, id);
    else this.#rowIds.set(keyOf(name, fingerprint), id);
    this.#entries.set(id, entry);
  }

  idOf(name: string, fingerprint?: string): number | undefined {
    return fingerprint === undefined ? this.#ids.get(name) : this.#rowIds.get(keyOf(name, fingerprint));
  }

  nameOf(id: number): string | undefined {
    return this.#entries.get(id)?.[1];
  }

  /** The contract of the rows under this id. `undefined`: payloads under this id are keyed JSON. */
  fingerprintOf(id: number): string | undefined {
    return this.#entries.get(id)?.[2];
  }

  entries(): IterableIterator<NameEntry> {
    return this.#entries.values();
  }
}

function keyOf(name: string, fingerprint: string): string {
  return `${fingerprint} ${name}`;
}
