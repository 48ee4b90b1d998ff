/**
 * Manager events: what a manager tells of, and what its listeners get.
 */
import type { ContractSkew } from '../router/layout-negotiation.js';
import type { ClusterDeath } from '../supervisor/cluster-death.js';
import type { ClusterInfo } from './cluster-info.js';
import type { HandoverProgress } from './rollout/rollout.js';

/** The manager's events and what their listeners get. */
export interface ClusterManagerEvents {
  /** A process was started for a cluster. */
  clusterCreate: [cluster: ClusterInfo];
  /** A cluster's client is ready. */
  clusterReady: [cluster: ClusterInfo];
  /** A cluster's process is gone; once for each process that was started, whatever it died of. */
  clusterDeath: [cluster: ClusterInfo, death: ClusterDeath];
  /** A cluster will not be started again: it died too often, or Discord refuses it for good. */
  clusterFailed: [cluster: ClusterInfo, error: Error];
  /** A restart without a gap, or a reshard, has come one step further. */
  handover: [progress: HandoverProgress];
  /** Every cluster is ready for the first time. */
  ready: [];
  /** An event was dropped because cluster `clusterId` does not read. */
  eventDropped: [clusterId: number, event: string];
  /**
   * Clusters of different versions live side by side, as in a rolling restart: these names are answered or
   * listened to by different contracts. What fits both still passes. Each difference is told once.
   */
  contractSkew: [skews: readonly ContractSkew[]];
  /** Each line of the manager's log, as text; the option `logger` gets the same with its facts as fields. */
  debug: [message: string];
}
