/**
 * Name table: handler and event names, and the numbers that stand for them on the wire.
 *
 * Only the manager gives numbers; everyone else learns them. A name without one is spelt out in its frame,
 * so the table is a saving and never a condition.
 *
 * A number may stand for a name and a layout: then what its frames carry is written by position, as the contract
 * with that fingerprint has it. Who routes need not know the difference.
 */

/** A number, the name it stands for, and the fingerprint by which payloads are laid out, if they are. */
export type NameEntry = readonly [id: number, name: string, layout?: string];

export class NameTable {
  readonly #ids = new Map<string, number>();
  readonly #layoutIds = new Map<string, number>();
  readonly #entries = new Map<number, NameEntry>();

  get size(): number {
    return this.#entries.size;
  }

  learn(entry: NameEntry): void {
    const [id, name, layout] = entry;
    if (layout === undefined) this.#ids.set(name, id);
    else this.#layoutIds.set(keyOf(name, layout), id);
    this.#entries.set(id, entry);
  }

  idOf(name: string, layout?: string): number | undefined {
    return layout === undefined ? this.#ids.get(name) : this.#layoutIds.get(keyOf(name, layout));
  }

  nameOf(id: number): string | undefined {
    return this.#entries.get(id)?.[1];
  }

  /** `undefined`: payloads under this number spell their members out. */
  layoutOf(id: number): string | undefined {
    return this.#entries.get(id)?.[2];
  }

  entries(): IterableIterator<NameEntry> {
    return this.#entries.values();
  }
}

function keyOf(name: string, layout: string): string {
  return `${layout} ${name}`;
}
