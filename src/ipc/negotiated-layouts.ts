/**
 * Agreements, as one process knows them: by which contracts the names it uses are answered elsewhere.
 *
 * The manager tells. What it has not told yet is no agreement, so a payload spells its members out.
 */
import type { Agreement } from '../wire/control.js';

export class NegotiatedLayouts {
  readonly #agreements = new Map<string, Agreement>();

  learn(agreement: Agreement): void {
    if (agreement.versions.length === 0) this.#agreements.delete(agreement.name);
    else this.#agreements.set(agreement.name, agreement);
  }

  /** The number under which payloads may be laid out as `fingerprint` has it; 0: they must not. */
  layoutFor(name: string, fingerprint: string | undefined): number {
    if (fingerprint === undefined) return 0;
    const agreement = this.#agreements.get(name);
    return agreement !== undefined && agreement.versions[0]?.[0] === fingerprint ? agreement.layout : 0;
  }

  /** By which contract one process answers a name; `undefined` where it has none, or nobody has told. */
  fingerprintAt(name: string, clusterId: number): string | undefined {
    const versions = this.#agreements.get(name)?.versions ?? [];
    const version =
      versions.length === 1 ? versions[0] : versions.find(([, clusterIds]) => clusterIds.includes(clusterId));
    return version?.[0] ?? undefined;
  }
}
