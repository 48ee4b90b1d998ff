/**
 * Fingerprint registry: the contract fingerprint of every receiver, by handler or event name.
 *
 * In a rolling restart old and new clusters run side by side. From their fingerprints, callers learn where all
 * receivers agree, so that payloads can be rows, and a mismatch names both sides.
 */
import type { ContractVersion } from '../wire/control/directory.js';

/** A process that has a handler for a name or listens to it. */
export interface Receiver {
  readonly id: number;
}

/** In place of a fingerprint: the receiver has no contract. */
const NONE = null;

export class FingerprintRegistry {
  readonly #receivers = new Map<string, Map<Receiver, string | null>>();

  /** Records a fingerprint; `undefined`: no contract. Returns `false` if it was recorded already. */
  set(name: string, receiver: Receiver, fingerprint: string | undefined): boolean {
    const known = this.#receivers.get(name);
    const next = fingerprint ?? NONE;
    if (known === undefined) this.#receivers.set(name, new Map([[receiver, next]]));
    else if (known.get(receiver) === next) return false;
    else known.set(receiver, next);
    return true;
  }

  /** Removes a receiver of a name. Returns `false` if it was none. */
  delete(name: string, receiver: Receiver): boolean {
    const receivers = this.#receivers.get(name);
    if (receivers?.delete(receiver) !== true) return false;
    if (receivers.size === 0) this.#receivers.delete(name);
    return true;
  }

  /** Removes a receiver of all names. Returns its names. */
  deleteAll(receiver: Receiver): string[] {
    return [...this.#receivers.keys()].filter((name) => this.delete(name, receiver));
  }

  /** The contract versions of a name, by lowest receiver id; ids only where there are several versions. */
  versionsOf(name: string): ContractVersion[] {
    const byVersion = new Map<string | null, number[]>();
    const receivers = [...(this.#receivers.get(name) ?? [])].sort(([one], [other]) => one.id - other.id);
    for (const [{ id }, fingerprint] of receivers) {
      const ids = byVersion.get(fingerprint);
      if (ids === undefined) byVersion.set(fingerprint, [id]);
      else ids.push(id);
    }
    if (byVersion.size === 1) return [...byVersion.keys()].map((fingerprint) => [fingerprint, []]);
    return [...byVersion];
  }
}
