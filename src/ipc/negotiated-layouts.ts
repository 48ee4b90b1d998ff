/**
 * Negotiated layouts: the contracts by which other processes answer the names that this process uses.
 *
 * The manager announces them. Until it has announced one for a name, payloads are sent as keyed JSON.
 */
import type { NegotiatedLayout } from '../wire/control/directory.js';

export class NegotiatedLayouts {
  readonly #layouts = new Map<string, NegotiatedLayout>();

  update(layout: NegotiatedLayout): void {
    if (layout.versions.length === 0) this.#layouts.delete(layout.name);
    else this.#layouts.set(layout.name, layout);
  }

  /** The id under which payloads may be sent as rows of the contract `fingerprint`; 0: they must be keyed JSON. */
  rowIdFor(name: string, fingerprint: string | undefined): number {
    if (fingerprint === undefined) return 0;
    const layout = this.#layouts.get(name);
    return layout !== undefined && layout.versions[0]?.[0] === fingerprint ? layout.rowId : 0;
  }

  /** The contract by which one process answers a name; `undefined` where it has none, or none was announced. */
  fingerprintAt(name: string, clusterId: number): string | undefined {
    const versions = this.#layouts.get(name)?.versions ?? [];
    const version =
      versions.length === 1 ? versions[0] : versions.find(([, clusterIds]) => clusterIds.includes(clusterId));
    return version?.[0] ?? undefined;
  }
}
