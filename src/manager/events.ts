/**
 * Manager events: the events of a `ClusterManager` and the arguments of their listeners.
 */
import type { ContractSkew } from '../router/layout-negotiation.js';
import type { ClusterDeath } from '../supervisor/cluster-death.js';
import type { ClusterInfo } from './cluster-info.js';
import type { HandoverProgress } from './rollout/rollout.js';

/** The events of a `ClusterManager` and the arguments of their listeners. */
export interface ClusterManagerEvents {
  /** A process was started for a cluster. */
  clusterCreate: [cluster: ClusterInfo];
  /** The client of a cluster is ready. */
  clusterReady: [cluster: ClusterInfo];
  /** The process of a cluster has ended: emitted once for each process that was started, whatever the reason. */
  clusterDeath: [cluster: ClusterInfo, death: ClusterDeath];
  /** A cluster is not restarted any more: it died too often, or was rejected for good, by Discord for example. */
  clusterFailed: [cluster: ClusterInfo, error: Error];
  /** A planned restart or a reshard has completed another step. */
  handover: [progress: HandoverProgress];
  /** All clusters are ready for the first time. */
  ready: [];
  /** An event to cluster `clusterId` was dropped because that cluster does not read. */
  eventDropped: [clusterId: number, event: string];
  /**
   * Clusters of different versions run side by side, as in a rolling restart: they have different contracts for these
   * handlers and events. A payload that fits both contracts is still delivered. Each difference is reported once.
   */
  contractSkew: [skews: readonly ContractSkew[]];
  /** A line of the manager's log, as text; the option `logger` gets the same line with its facts as fields. */
  debug: [message: string];
}
