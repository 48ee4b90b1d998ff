/**
 * Process guard: what a cluster's process does about signals, and about its own death.
 *
 * A terminal's Ctrl-C and a service manager's SIGTERM reach the clusters as well as their manager, which is the
 * one to shut the bot down: so a cluster does not die of them. Sent to a cluster alone, SIGTERM asks the manager
 * to replace it. Only for a process that is a cluster; one that holds several (in tests) is left alone.
 */
import { MAX_DETAIL_LENGTH } from '../wire/control.js';
import type { CrashReport } from '../wire/control.js';
import { describeThrown } from '../ipc/values/fault.js';

export interface GuardActs {
  /** Somebody sent SIGTERM. */
  readonly leave: () => void;
  /** Nobody has caught an exception: the process ends with it. */
  readonly lastWords: (words: CrashReport) => void;
  /** The process ends now: what is still to be sent must be handed to the system before this returns. */
  readonly exiting: () => void;
}

export function guardProcess({ leave, lastWords, exiting }: GuardActs): void {
  process.on('SIGINT', () => {});
  process.on('SIGTERM', leave);
  process.on('uncaughtExceptionMonitor', (error, origin) => {
    // Whoever catches the uncaught goes on living: these would be no last words.
    if (process.listenerCount('uncaughtException') > 0) return;
    const kind = origin === 'unhandledRejection' ? 'unhandled-rejection' : 'uncaught-exception';
    const [line = ''] = describeThrown(error).split('\n', 1);
    lastWords({ reason: kind, detail: line.slice(0, MAX_DETAIL_LENGTH) });
  });
  process.once('exit', exiting);
}
