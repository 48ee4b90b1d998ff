/**
 * Death verdict: what follows the death of a process, and what a caller learns that waits for the cluster to be ready.
 */
import { describeFailure } from './cluster-death.js';
import type { ClusterHistory } from './history.js';
import type { PastRun } from './process-run.js';
import type { RespawnSettings } from './respawn-policy.js';
import type { ClusterInput } from './state-machine.js';

export interface DeathVerdict {
  readonly input: 'exitRespawn' | 'exitFailed' | 'exitDown';
  /** How long the next process waits, in milliseconds; 0 where none follows. */
  readonly backoffMs: number;
}

/** The verdict where it does not depend on the respawn policy: no process is wanted, or the exit goal decides. */
export const EXIT_DOWN: DeathVerdict = { input: 'exitDown', backoffMs: 0 };

/** Asks the respawn policy. Another process, if one follows, counts from now on. */
export function judgeDeath(
  history: ClusterHistory,
  readyForMs: number | undefined,
  settings: RespawnSettings | undefined,
): DeathVerdict {
  const decision = history.planRespawn({ now: performance.now(), readyForMs }, settings);
  if (decision.respawn) return { input: 'exitRespawn', backoffMs: decision.delayMs };
  // A cluster that never was ready has failed to start, even where no death is followed by a restart.
  const isDown = decision.reason === 'off' && history.wasEverReady;
  return isDown ? EXIT_DOWN : { input: 'exitFailed', backoffMs: 0 };
}

/** Why the cluster has failed. */
export function failureOf(id: number, { death, wasReady }: PastRun, history: ClusterHistory): Error {
  return new Error(describeFailure({ id, death, wasReady, restarts: history.respawns }));
}

/** Why the cluster is not ready, and will not be. @param input - What has brought it to its present state. */
export function notReadyError(
  id: number,
  input: ClusterInput,
  past: PastRun | undefined,
  history: ClusterHistory,
): Error {
  // A cluster that had no process when it was stopped is not down because of its last death.
  const wasStopped = input === 'stop' || input === 'kill' || past?.death.reason === 'stopped';
  if (wasStopped || past === undefined) return new Error(`Cluster ${id} was stopped before it was ready.`);
  return failureOf(id, past, history);
}
