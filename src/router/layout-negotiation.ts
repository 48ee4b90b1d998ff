/**
 * Layout negotiation: decides which names may send their payloads as rows, and what to broadcast when that changes.
 *
 * A row is readable only for a process with the sender's contract. Where all receivers of a name have the same
 * contract, the rows of the name get an id; otherwise payloads stay keyed JSON. A name is announced as soon as one
 * receiver has it by a contract.
 */
import type { NegotiatedLayout, ContractVersion } from '../wire/control/directory.js';
import type { Registration } from '../wire/control/to-manager.js';
import type { NameEntry } from '../wire/name-table.js';
import { FingerprintRegistry } from './fingerprint-registry.js';
import type { Receiver } from './fingerprint-registry.js';
import type { NameRegistry } from './name-registry.js';

/** Changes to broadcast. */
export interface LayoutUpdate {
  readonly names: readonly NameEntry[];
  readonly layouts: readonly NegotiatedLayout[];
}

/** A name whose receivers have different contracts. */
export interface ContractSkew {
  /** `<contract>.<member>` */
  readonly name: string;
  /** The contract versions, each with the ids of the clusters that have it; -1 is the manager. */
  readonly versions: readonly { readonly fingerprint: string; readonly clusters: readonly number[] }[];
}

/** Describes a skew: `guilds.getGuild: cc2c0005504d1c2b on 0, 2; 8239b1c08d774622 on 1` */
export function describeSkew({ name, versions }: ContractSkew): string {
  const parts = versions.map(({ fingerprint, clusters }) => `${fingerprint} on ${clusters.join(', ')}`);
  return `${name}: ${parts.join('; ')}`;
}

export class LayoutNegotiation {
  readonly #names: NameRegistry;
  readonly #registry = new FingerprintRegistry();
  /** What was broadcast last, by name. */
  readonly #announced = new Map<string, NegotiatedLayout>();
  /** Skews that were reported already, by name and fingerprints. */
  readonly #reported = new Set<string>();
  #skews: ContractSkew[] = [];

  constructor(names: NameRegistry) {
    this.#names = names;
  }

  register(receiver: Receiver, { handlers, events, fingerprints }: Registration): LayoutUpdate {
    const all = [...handlers, ...events];
    const names = this.#names.intern(all);
    const changed = all.filter((name) => {
      const fingerprint = fingerprints !== undefined && Object.hasOwn(fingerprints, name);
      // A name without an id is not recorded: see the name registry about ever new names.
      if (this.#names.table.idOf(name) === undefined) return false;
      return this.#registry.set(name, receiver, fingerprint ? fingerprints[name] : undefined);
    });
    return this.#update(changed, names);
  }

  unregister(receiver: Receiver, names: readonly string[]): LayoutUpdate {
    return this.#update(names.filter((name) => this.#registry.delete(name, receiver)));
  }

  /** The process behind a receiver is gone. */
  remove(receiver: Receiver): LayoutUpdate {
    return this.#update(this.#registry.deleteAll(receiver));
  }

  /** Everything that was broadcast and still holds. */
  all(): NegotiatedLayout[] {
    return [...this.#announced.values()];
  }

  /** Returns the skews since the last call; each is reported once. */
  drainSkews(): readonly ContractSkew[] {
    const skews = this.#skews;
    this.#skews = [];
    return skews;
  }

  #update(changed: readonly string[], names: readonly NameEntry[] = []): LayoutUpdate {
    const rows: NameEntry[] = [];
    const layouts: NegotiatedLayout[] = [];
    for (const name of changed) {
      const versions = this.#registry.versionsOf(name);
      const [only] = versions;
      const fingerprint = versions.length === 1 ? (only?.[0] ?? undefined) : undefined;
      const added = fingerprint === undefined ? undefined : this.#names.internRow(name, fingerprint);
      if (added !== undefined) rows.push(added);
      const rowId = fingerprint === undefined ? 0 : (this.#names.table.idOf(name, fingerprint) ?? 0);
      const layout = this.#changeOf({ name, rowId, versions });
      if (layout !== undefined) layouts.push(layout);
    }
    return { names: [...names, ...rows], layouts };
  }

  /** The layout to broadcast. `undefined`: nothing has changed. */
  #changeOf(next: NegotiatedLayout): NegotiatedLayout | undefined {
    const { name, versions } = next;
    const before = this.#announced.get(name);
    if (!versions.some(([fingerprint]) => fingerprint !== null)) {
      return this.#announced.delete(name) ? { name, rowId: 0, versions: [] } : undefined;
    }
    if (isSameJson(before, next)) return undefined;
    this.#announced.set(name, next);
    this.#recordSkew(name, versions);
    return next;
  }

  #recordSkew(name: string, versions: readonly ContractVersion[]): void {
    const withContract = versions.flatMap(([fingerprint, clusters]) =>
      fingerprint === null ? [] : [{ fingerprint, clusters }],
    );
    if (withContract.length < 2) return;
    const key = JSON.stringify([name, ...withContract.map(({ fingerprint }) => fingerprint).sort()]);
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.#skews.push({ name, versions: withContract });
  }
}

function isSameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
