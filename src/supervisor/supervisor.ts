/**
 * Supervisor: the port through which a supervised cluster reaches the manager, and the options it is made with.
 */
import type { LogEvent } from '../log/log-events.js';
import type { MessageToCluster } from '../wire/control/to-cluster.js';
import type { ClusterDeath } from './cluster-death.js';
import type { ClusterHistory } from './history.js';
import type { ClusterProcess, Launcher } from './launcher.js';
import type { SupervisorSettings } from './settings.js';
import type { Lifecycle } from './state-machine.js';

/** What a cluster tells the manager, and asks of it. @typeParam Cluster - The supervised cluster. */
export interface Supervisor<Cluster> {
  onClusterStarted(cluster: Cluster, process: ClusterProcess): void;
  onClusterReady(cluster: Cluster): void;
  /** No new calls are to be let through; `next` says whether calls may wait for another process. */
  onClusterDraining(cluster: Cluster, next: NextProcess): void;
  /** The process is gone; `next` says whether another one comes. */
  onClusterDied(cluster: Cluster, death: ClusterDeath, next: NextProcess): void;
  /** The cluster died too often, or for a reason that a restart does not fix. */
  onClusterFailed(cluster: Cluster, error: Error): void;
  /** Whether no call is in flight to the process or from it. */
  isIdle(cluster: Cluster): boolean;
  send(cluster: Cluster, message: MessageToCluster): void;
  log(cluster: Cluster, event: LogEvent, reason: string): void;
}

/** Whether a process is followed by another one. */
export type NextProcess = 'starting' | 'stopped';

/** Whether another process follows the one that drains, or that has died. */
export function nextProcess({ state, exitGoal }: Lifecycle): NextProcess {
  return state === 'backoff' || state === 'starting' || exitGoal === 'restart' ? 'starting' : 'stopped';
}

/** What a supervised cluster stands on. */
export interface SupervisedClusterDeps<Cluster> {
  readonly settings: SupervisorSettings;
  readonly launcher: Launcher;
  readonly supervisor: Supervisor<Cluster>;
  /** Shared by all clusters of one id. */
  readonly history: ClusterHistory;
}

/** Options for a cluster that is started as a replacement. */
export interface SupervisionOptions {
  /** A candidate is not respawned when it dies; `promote()` makes it permanent. */
  readonly isCandidate?: boolean | undefined;
  /** The candidate's process holds back the events of its client until the handover opens them. */
  readonly standby?: boolean | undefined;
}
