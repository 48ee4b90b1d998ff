/**
 * Death evidence: what is known about the end of one process before it has ended.
 */
import type { CrashReport } from '../wire/control/to-manager.js';
import { classifyDeath } from './cluster-death.js';
import type { DeathCause, DeathReason, ProcessExit } from './cluster-death.js';

export class DeathEvidence {
  #cause: DeathCause | undefined;
  #crashReport: CrashReport | undefined;
  /** Whether the manager has sent the process a signal. */
  wasKilled = false;

  /** Records why the manager ends the process. The first cause counts, except that any other cause replaces a lost link. */
  recordCause(reason: DeathReason, detail: string): void {
    if (this.#cause === undefined || this.#cause.reason === 'link-lost') this.#cause = { reason, detail };
  }

  recordCrashReport(report: CrashReport): void {
    this.#crashReport = report;
  }

  /** Why the process is ending, as far as the manager knows. */
  get summary(): string {
    const { reason, detail } = this.#cause ?? { reason: 'no reason', detail: '' };
    return detail === '' ? reason : `${reason}: ${detail}`;
  }

  explain(exit: ProcessExit): DeathCause {
    // A link ends with its process, too: its loss explains only a death that the manager brought about.
    const cause = this.#cause?.reason === 'link-lost' && !this.wasKilled ? undefined : this.#cause;
    return classifyDeath(exit, cause, this.#crashReport);
  }
}
