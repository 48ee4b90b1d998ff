/**
 * Contract versions: by which contracts each name is answered or listened to, and by whom.
 *
 * In a rolling restart old and new clusters live side by side. What this finds out of their fingerprints lets
 * callers write by position where all receivers agree, and lets a mismatch name both sides.
 */
import type { Version } from '../wire/control.js';

/** One that answers or listens. */
export interface Receiver {
  readonly id: number;
}

/** No fingerprint is like this: a receiver without a contract. */
const NONE = null;

export class FingerprintRegistry {
  readonly #receivers = new Map<string, Map<Receiver, string | null>>();

  /** `fingerprint` undefined: without a contract. `false`: that was known. */
  note(name: string, receiver: Receiver, fingerprint: string | undefined): boolean {
    const known = this.#receivers.get(name);
    const next = fingerprint ?? NONE;
    if (known === undefined) this.#receivers.set(name, new Map([[receiver, next]]));
    else if (known.get(receiver) === next) return false;
    else known.set(receiver, next);
    return true;
  }

  /** A receiver has let go of a name. `false`: it had not. */
  forget(name: string, receiver: Receiver): boolean {
    const receivers = this.#receivers.get(name);
    if (receivers?.delete(receiver) !== true) return false;
    if (receivers.size === 0) this.#receivers.delete(name);
    return true;
  }

  /** A receiver is gone. Returns the names it had. */
  forgetAll(receiver: Receiver): string[] {
    return [...this.#receivers.keys()].filter((name) => this.forget(name, receiver));
  }

  /** The versions of a name, in the order of their first receivers; ids only where there are several. */
  of(name: string): Version[] {
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
