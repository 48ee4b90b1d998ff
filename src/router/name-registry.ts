/**
 * Name registry: assigns ids to names, and to the rows of their payloads.
 *
 * An id is valid until the manager exits, so a bot that registers ever new names (`reply:<uuid>`) would fill memory:
 * past a bound, names get no id and travel inline in their frames.
 */
import { NameTable } from '../wire/name-table.js';
import type { NameEntry } from '../wire/name-table.js';

const MAX_NAMES = 16_384;
/** Longer names are rare and would make the table heavy. */
const MAX_NAME_LENGTH = 256;

export class NameRegistry {
  readonly table = new NameTable();

  /** Assigns ids to the names that have none. Returns the new entries. */
  intern(names: readonly string[]): NameEntry[] {
    return names.map((name) => this.#intern(name)).filter((entry) => entry !== undefined);
  }

  /** Assigns an id to the rows of a name by one contract. Returns the entry if it is new. */
  internRow(name: string, fingerprint: string): NameEntry | undefined {
    return this.#intern(name, fingerprint);
  }

  #intern(name: string, fingerprint?: string): NameEntry | undefined {
    if (this.table.size >= MAX_NAMES || name.length > MAX_NAME_LENGTH) return undefined;
    if (this.table.idOf(name, fingerprint) !== undefined) return undefined;
    const id = this.table.size + 1;
    const entry: NameEntry = fingerprint === undefined ? [id, name] : [id, name, fingerprint];
    this.table.learn(entry);
    return entry;
  }
}
