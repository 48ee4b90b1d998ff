/**
 * Name table: handler and event names, and the numbers that stand for them on the wire.
 *
 * Only the manager gives numbers; everyone else learns them. A name without one is spelt out in its frame,
 * so the table is a saving and never a condition.
 */
export class NameTable {
  readonly #ids = new Map<string, number>();
  readonly #names = new Map<number, string>();

  get size(): number {
    return this.#ids.size;
  }

  learn(id: number, name: string): void {
    this.#ids.set(name, id);
    this.#names.set(id, name);
  }

  idOf(name: string): number | undefined {
    return this.#ids.get(name);
  }

  nameOf(id: number): string | undefined {
    return this.#names.get(id);
  }

  entries(): IterableIterator<[number, string]> {
    return this.#names.entries();
  }
}
