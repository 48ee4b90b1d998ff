/**
 * Cluster death: how a process ended, and why, as far as that can be known.
 *
 * Three witnesses: the operating system (code and signal), the manager (what it had done to the process), and the
 * process itself, which says before it dies of an exception what it dies of.
 */
import type { CrashReport } from '../wire/control/to-manager.js';

/** How a process ended: one of the two is set, as Node says it; neither where it could not be started. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Why a cluster's process is gone. */
export type DeathReason =
  /** It was told to: `shutdown()`, a restart, a handover. */
  | 'stopped'
  /** It ended by itself, with an exit code. */
  | 'exit'
  /** Somebody outside ended it with a signal; `SIGKILL` may have been the system, short of memory. */
  | 'signal'
  /**
   * V8 ended it, its heap being full. Told by `SIGABRT` (exit code 134), as Node ends then; a native assertion or
   * `process.abort()` looks the same.
   */
  | 'out-of-memory'
  | 'uncaught-exception'
  | 'unhandled-rejection'
  /** Its event loop did not turn for longer than `heartbeat.timeout`, so it was killed. */
  | 'frozen'
  /** Its link broke, or carried what is no frame, while the process lived on; so it was killed. */
  | 'link-lost'
  /** It was not ready within `readyTimeout`, so it was killed. */
  | 'ready-timeout'
  /** Discord refuses it for good: the token, the intents, the shards. It is not started again. */
  | 'fatal-login'
  /** Its version of the library cannot talk to the manager's, as `node_modules` has changed. It is not started again. */
  | 'protocol-mismatch'
  /** The operating system did not start it. */
  | 'not-started';

/** How a cluster's process ended. */
export interface ClusterDeath extends ProcessExit {
  readonly reason: DeathReason;
  /** One line for people: the exception, the time that ran out, ... Empty where code and signal say it all. */
  readonly detail: string;
  readonly pid: number | undefined;
  /** Of the process that is gone. */
  readonly generation: number;
}

/** Why the manager ended a process, if it did. */
export interface DeathCause {
  readonly reason: DeathReason;
  readonly detail: string;
}

/** How Node's exit code reads where a shell stood in between: 128 + SIGABRT. */
const ABORTED = 134;

/** @param cause - Why the manager has ended the process, if it has. */
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

/** For logs and errors: `exit code 1`, `SIGKILL`, `uncaught-exception: TypeError: ...`. */
export function describeDeath({ reason: kind, detail, code, signal }: ClusterDeath): string {
  const how = signal ?? (code === null ? 'not started' : `exit code ${code}`);
  if (kind === 'exit' || kind === 'signal') return how;
  const what = detail === '' ? kind : `${kind}: ${detail}`;
  return kind === 'not-started' ? what : `${what} (${how})`;
}

/** What is known of a cluster that will not be started again. */
export interface FailureFacts {
  readonly id: number;
  readonly death: ClusterDeath;
  /** Whether the process that died had been ready. */
  readonly wasReady: boolean;
  /** How often it was started again, as far as that still counted. */
  readonly restarts: number;
}

/** Why a cluster has failed: one sentence, with what to do about it where that is known. */
export function describeFailure({ id, death, wasReady, restarts }: FailureFacts): string {
  const how = describeDeath(death);
  if (death.reason === 'protocol-mismatch') return `Cluster ${id} cannot join the bot. ${death.detail}`;
  if (death.reason === 'fatal-login') return `Cluster ${id} cannot log in: ${death.detail}`;
  if (death.reason === 'ready-timeout') {
    return (
      `Cluster ${id} was ${death.detail}: does the bot file call client.login()? ` +
      'The option `readyTimeout` gives it longer.'
    );
  }
  if (!wasReady) return `Cluster ${id} ended before it was ready (${how}); its own output says why.`;
  return (
    `Cluster ${id} has died again (${how}) after ${restarts} restarts, more than its budget allows: ` +
    `it stays down until manager.restart(${id}).`
  );
}
