/**
 * Death notes: what is known of one process' end before it has ended.
 */
import type { LastWords } from '../wire/control.js';
import { classifyDeath } from './cluster-death.js';
import type { DeathCause, ProcessExit } from './cluster-death.js';

export class DeathNotes {
  #cause: DeathCause | undefined;
  #lastWords: LastWords | undefined;
  /** Whether the manager has sent it a signal. */
  wasKilled = false;

  /** Why the manager ends it. The first cause counts, but what is only about the link gives way to what was wanted. */
  because(kind: DeathCause['kind'], detail: string): void {
    if (this.#cause === undefined || this.#cause.kind === 'link-lost') this.#cause = { kind, detail };
  }

  heard(words: LastWords): void {
    this.#lastWords = words;
  }

  /** Why it ends, as far as that is known by now. */
  get why(): string {
    const { kind, detail } = this.#cause ?? { kind: 'no reason', detail: '' };
    return detail === '' ? kind : `${kind}: ${detail}`;
  }

  explain(exit: ProcessExit): DeathCause {
    // A link ends with its process, too: its loss explains only a death that the manager brought about.
    const cause = this.#cause?.kind === 'link-lost' && !this.wasKilled ? undefined : this.#cause;
    return classifyDeath(exit, cause, this.#lastWords);
  }
}
