/**
 * Process guard: handles signals to a cluster's process, and reports its crash.
 *
 * A terminal's Ctrl-C and a service manager's SIGTERM reach the clusters as well as their manager, which is the
 * one to shut the bot down: so a cluster does not die of them. Sent to a cluster alone, SIGTERM asks the manager
 * to replace it. Only for a process that is a cluster; one that holds several (in tests) is left alone.
 */
import { MAX_DETAIL_LENGTH } from '../wire/control/to-manager.js';
import type { CrashReport } from '../wire/control/to-manager.js';
import { describeThrown } from '../ipc/values/serialized-error.js';

export interface ProcessGuardListener {
  /** The process got SIGTERM. */
  readonly onSigterm: () => void;
  /** No listener has caught an exception: the process ends with it. */
  readonly onCrash: (report: CrashReport) => void;
  /** The process ends now: what is still to be sent must be handed to the system before this returns. */
  readonly onExit: () => void;
}

export function guardProcess({ onSigterm, onCrash, onExit }: ProcessGuardListener): void {
  process.on('SIGINT', () => {});
  process.on('SIGTERM', onSigterm);
  process.on('uncaughtExceptionMonitor', (error, origin) => {
    // A process that catches uncaught exceptions survives this one.
    if (process.listenerCount('uncaughtException') > 0) return;
    const reason = origin === 'unhandledRejection' ? 'unhandled-rejection' : 'uncaught-exception';
    const [line = ''] = describeThrown(error).split('\n', 1);
    onCrash({ reason, detail: line.slice(0, MAX_DETAIL_LENGTH) });
  });
  process.once('exit', onExit);
}
