/**
 * Death notes: what is known of one process' end before it has ended.
 */
import type { CrashReport } from '../wire/control/to-manager.js';
import { classifyDeath } from './cluster-death.js';
import type { DeathCause, ProcessExit } from './cluster-death.js';

export class DeathEvidence {
  #cause: DeathCause | undefined;
  #crashReport: CrashReport | undefined;
  /** Whether the manager has sent it a signal. */
  wasKilled = false;

  /** Why the manager ends it. The first cause counts, but what is only about the link gives way to what was wanted. */
  recordCause(kind: DeathCause['reason'], detail: string): void {
    if (this.#cause === undefined || this.#cause.reason === 'link-lost')
      this.#cause = { reason: kind, detail };
  }

  recordCrashReport(report: CrashReport): void {
    this.#crashReport = report;
  }

  /** Why it ends, as far as that is known by now. */
  get summary(): string {
    const { reason: kind, detail } = this.#cause ?? { reason: 'no reason', detail: '' };
    return detail === '' ? kind : `${kind}: ${detail}`;
  }

  explain(exit: ProcessExit): DeathCause {
    // A link ends with its process, too: its loss explains only a death that the manager brought about.
    const cause = this.#cause?.reason === 'link-lost' && !this.wasKilled ? undefined : this.#cause;
    return classifyDeath(exit, cause, this.#crashReport);
  }
}
