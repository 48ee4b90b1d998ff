/**
 * Agreements: which receivers of a name have the same contract, told to everyone when that changes.
 *
 * Where all agree, the name gets a number under which its payloads may be laid out by position. Names that no
 * contract has are nobody's affair, unless somebody else has them by one.
 */
import type { Agreement, Registration, Version } from '../wire/control.js';
import type { NameEntry } from '../wire/name-table.js';
import { FingerprintRegistry } from './fingerprint-registry.js';
import type { Receiver } from './fingerprint-registry.js';
import type { NameRegistry } from './name-registry.js';

/** What everyone must be told. */
export interface News {
  readonly names: readonly NameEntry[];
  readonly agreements: readonly Agreement[];
}

/** A name whose receivers have different contracts. */
export interface ContractSkew {
  /** `<contract>.<member>` */
  readonly name: string;
  /** Who has which version; -1 is the manager. */
  readonly versions: readonly { readonly fingerprint: string; readonly clusters: readonly number[] }[];
}

/** `guilds.getGuild: cc2c0005504d1c2b on 0, 2; 8239b1c08d774622 on 1` */
export function describeSkew({ name, versions }: ContractSkew): string {
  const parts = versions.map(({ fingerprint, clusters }) => `${fingerprint} on ${clusters.join(', ')}`);
  return `${name}: ${parts.join('; ')}`;
}

export class LayoutNegotiation {
  readonly #names: NameRegistry;
  readonly #versions = new FingerprintRegistry();
  /** What was told last. */
  readonly #told = new Map<string, Agreement>();
  /** Differences that were reported already, by name and fingerprints. */
  readonly #reported = new Set<string>();
  #skews: ContractSkew[] = [];

  constructor(names: NameRegistry) {
    this.#names = names;
  }

  register(receiver: Receiver, { handlers, events, fingerprints }: Registration): News {
    const all = [...handlers, ...events];
    const names = this.#names.intern(all);
    const changed = all.filter((name) => {
      const fingerprint = fingerprints !== undefined && Object.hasOwn(fingerprints, name);
      // What has no number is not kept: see the name registry on names that never end.
      if (this.#names.table.idOf(name) === undefined) return false;
      return this.#versions.note(name, receiver, fingerprint ? fingerprints[name] : undefined);
    });
    return this.#news(changed, names);
  }

  unregister(receiver: Receiver, names: readonly string[]): News {
    return this.#news(names.filter((name) => this.#versions.forget(name, receiver)));
  }

  /** The process behind a receiver is gone. */
  forget(receiver: Receiver): News {
    return this.#news(this.#versions.forgetAll(receiver));
  }

  /** All that holds now. */
  all(): Agreement[] {
    return [...this.#told.values()];
  }

  /** Differences that have come up since this was asked last; each is reported once. */
  takeSkews(): readonly ContractSkew[] {
    const skews = this.#skews;
    this.#skews = [];
    return skews;
  }

  #news(changed: readonly string[], names: readonly NameEntry[] = []): News {
    const layouts: NameEntry[] = [];
    const agreements: Agreement[] = [];
    for (const name of changed) {
      const versions = this.#versions.of(name);
      const [only] = versions;
      const layout = versions.length === 1 && typeof only?.[0] === 'string' ? only[0] : undefined;
      const added = layout === undefined ? undefined : this.#names.internLayout(name, layout);
      if (added !== undefined) layouts.push(added);
      const id = layout === undefined ? 0 : (this.#names.table.idOf(name, layout) ?? 0);
      const agreement = this.#toTell({ name, layout: id, versions });
      if (agreement !== undefined) agreements.push(agreement);
    }
    return { names: [...names, ...layouts], agreements };
  }

  #toTell(next: Agreement): Agreement | undefined {
    const { name, versions } = next;
    const before = this.#told.get(name);
    if (!versions.some(([fingerprint]) => fingerprint !== null)) {
      return this.#told.delete(name) ? { name, layout: 0, versions: [] } : undefined;
    }
    if (JSON.stringify(before) === JSON.stringify(next)) return undefined;
    this.#told.set(name, next);
    this.#noteSkew(name, versions);
    return next;
  }

  #noteSkew(name: string, versions: readonly Version[]): void {
    const known = versions.flatMap(([fingerprint, clusters]) =>
      fingerprint === null ? [] : [{ fingerprint, clusters }],
    );
    if (known.length < 2) return;
    const key = JSON.stringify([name, ...known.map(({ fingerprint }) => fingerprint).sort()]);
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.#skews.push({ name, versions: known });
  }
}
