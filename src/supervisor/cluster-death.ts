/**
 * Cluster death: how a process ended, and why, as far as that can be known.
 *
 * Three sources: the operating system (code and signal), the manager (what it has done to the process), and the
 * process itself, which sends a crash report before it dies of an exception.
 */
import type { CrashReport } from '../wire/control/to-manager.js';

/** How a process ended. One of `code` and `signal` is set, as Node reports it; neither if it could not be started. */
export interface ProcessExit {
  /** The exit code; `null` for a process that was ended by a signal. */
  readonly code: number | null;
  /** The signal that ended the process; `null` for a process that exited. */
  readonly signal: NodeJS.Signals | null;
}

/**
 * Why a cluster's process ended.
 *
 * - `'stopped'`: the manager ended it: `shutdown()`, a restart, a handover.
 * - `'exit'`: it exited by itself, with an exit code.
 * - `'signal'`: a signal from outside ended it; `SIGKILL` may have been the system, short of memory.
 * - `'out-of-memory'`: V8 ended it, its heap being full. Recognized by `SIGABRT` (exit code 134), as Node ends then; a
 *   native assertion or `process.abort()` looks the same.
 * - `'uncaught-exception'`, `'unhandled-rejection'`: `detail` has the error.
 * - `'frozen'`: its event loop did not turn for longer than `heartbeat.timeout`, so it was killed.
 * - `'link-lost'`: its connection to the manager broke, or carried invalid data, while the process kept running; so it
 *   was killed.
 * - `'ready-timeout'`: it was not ready within `readyTimeout`, so it was killed.
 * - `'fatal-login'`: Discord rejects its login for good: the token, the intents, the shards. It is not restarted.
 * - `'protocol-mismatch'`: its version of the library cannot talk to the manager's, as `node_modules` has changed. It is
 *   not restarted.
 * - `'not-started'`: the operating system did not start it.
 */
export type DeathReason =
  | 'stopped'
  | 'exit'
  | 'signal'
  | 'out-of-memory'
  | 'uncaught-exception'
  | 'unhandled-rejection'
  | 'frozen'
  | 'link-lost'
  | 'ready-timeout'
  | 'fatal-login'
  | 'protocol-mismatch'
  | 'not-started';

/** How a cluster's process ended, as the event `clusterDeath` reports it. */
export interface ClusterDeath extends ProcessExit {
  /** Why the process ended. */
  readonly reason: DeathReason;
  /** One readable line: the exception, the timeout, ... Empty where code and signal say it all. */
  readonly detail: string;
  /** The process id; `undefined` if the process could not be started. */
  readonly pid: number | undefined;
  /** The generation of the process that died. */
  readonly generation: number;
}

/** Why a process ended, or is ending. */
export interface DeathCause {
  readonly reason: DeathReason;
  readonly detail: string;
}

/** The exit code where a shell runs the process: 128 + SIGABRT. */
const ABORTED = 134;

/** Returns the most certain reason. @param cause - Why the manager has ended the process, if it has. */
export function classifyDeath(
  exit: ProcessExit,
  cause: DeathCause | undefined,
  report: CrashReport | undefined,
): DeathCause {
  if (cause !== undefined) return cause;
  if (report !== undefined && exit.signal === null && exit.code !== 0) {
    return { reason: report.reason, detail: report.detail };
  }
  if (exit.signal === 'SIGABRT' || exit.code === ABORTED) {
    return { reason: 'out-of-memory', detail: 'aborted, as V8 does when its heap is full' };
  }
  if (exit.signal !== null) return { reason: 'signal', detail: '' };
  return { reason: exit.code === null ? 'not-started' : 'exit', detail: '' };
}

/** Returns a text for logs and errors: `exit code 1`, `SIGKILL`, `uncaught-exception: TypeError: ...`. */
export function describeDeath({ reason, detail, code, signal }: ClusterDeath): string {
  const how = signal ?? (code === null ? 'not started' : `exit code ${code}`);
  if (reason === 'exit' || reason === 'signal') return how;
  const what = detail === '' ? reason : `${reason}: ${detail}`;
  return reason === 'not-started' ? what : `${what} (${how})`;
}

/** The facts of a cluster that will not be respawned. */
export interface FailureFacts {
  readonly id: number;
  readonly death: ClusterDeath;
  /** Whether the process that died had been ready. */
  readonly wasReady: boolean;
  /** How many respawns still counted towards the budget. */
  readonly restarts: number;
}

/** Returns why a cluster has failed: one sentence, with a remedy where one is known. */
export function describeFailure({ id, death, wasReady, restarts }: FailureFacts): string {
  const how = describeDeath(death);
  if (death.reason === 'protocol-mismatch') return `Cluster ${id} cannot join the bot. ${death.detail}`;
  if (death.reason === 'fatal-login') return `Cluster ${id} cannot log in: ${death.detail}`;
  if (death.reason === 'ready-timeout') {
    return (
      `Cluster ${id} was ${death.detail}: does the bot file call client.login()? ` +
      'Raise the option `readyTimeout` if the bot needs longer to start.'
    );
  }
  if (!wasReady) return `Cluster ${id} exited before it was ready (${how}); see its output for the cause.`;
  return (
    `Cluster ${id} died again (${how}) after ${restarts} restarts, and its restart budget is spent: ` +
    `it stays down until manager.restart(${id}).`
  );
}
