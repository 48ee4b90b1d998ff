/**
 * Name registry: gives names their numbers.
 *
 * A number holds for the manager's life, so a bot that registers ever new names (`reply:<uuid>`) would fill
 * memory: past a bound names get none and are spelt out in their frames.
 */
import type { NameEntry } from '../wire/control.js';
import { NameTable } from '../wire/name-table.js';

const MAX_NAMES = 16_384;
/** Long names are rare and would make the table heavy. */
const MAX_NAME_LENGTH = 256;

export class NameRegistry {
  readonly table = new NameTable();

  /** Numbers the names that have none; returns those. */
  intern(names: readonly string[]): NameEntry[] {
    const added: NameEntry[] = [];
    for (const name of names) {
      if (this.table.idOf(name) !== undefined || name.length > MAX_NAME_LENGTH) continue;
      if (this.table.size >= MAX_NAMES) break;
      const id = this.table.size + 1;
      this.table.learn(id, name);
      added.push([id, name]);
    }
    return added;
  }
}
