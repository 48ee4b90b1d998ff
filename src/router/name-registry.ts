/**
 * Name registry: gives names, and layouts of their payloads, their numbers.
 *
 * A number holds for the manager's life, so a bot that registers ever new names (`reply:<uuid>`) would fill
 * memory: past a bound names get none and are spelt out in their frames.
 */
import { NameTable } from '../wire/name-table.js';
import type { NameEntry } from '../wire/name-table.js';

const MAX_NAMES = 16_384;
/** Long names are rare and would make the table heavy. */
const MAX_NAME_LENGTH = 256;

export class NameRegistry {
  readonly table = new NameTable();

  /** Numbers the names that have none; returns those. */
  intern(names: readonly string[]): NameEntry[] {
    return names.map((name) => this.#intern(name)).filter((entry) => entry !== undefined);
  }

  /** Numbers one way to lay out the payloads of a name; returns it if it is new. */
  internLayout(name: string, fingerprint: string): NameEntry | undefined {
    return this.#intern(name, fingerprint);
  }

  #intern(name: string, layout?: string): NameEntry | undefined {
    if (this.table.size >= MAX_NAMES || name.length > MAX_NAME_LENGTH) return undefined;
    if (this.table.idOf(name, layout) !== undefined) return undefined;
    const id = this.table.size + 1;
    const entry: NameEntry = layout === undefined ? [id, name] : [id, name, layout];
    this.table.learn(entry);
    return entry;
  }
}
