/**
 * Failed clusters: what follows when a cluster is not restarted any more.
 *
 * Asks the user what to do, and sets the exit code of a process whose bot has ended. Which clusters fail is decided by
 * their supervisor.
 */
import { describeThrown } from '../ipc/values/serialized-error.js';
import type { SupervisedCluster } from '../supervisor/supervised-cluster.js';
import type { ClusterInfo } from './cluster-info.js';
import type { ClusterFailedAction, ManagerSettings } from './options.js';

export interface FailedClustersDeps {
  readonly settings: Pick<ManagerSettings, 'onClusterFailed' | 'signals'>;
  /** Whether no cluster has a process, and none will get one by itself. */
  readonly isOver: () => boolean;
  readonly isShutDown: () => boolean;
  /** The bot has ended without a shutdown. */
  readonly onOver: () => void;
}

/** Exit code of a manager whose clusters have all failed. */
const EXIT_WITHOUT_CLUSTERS = 1;

export class FailedClusters {
  readonly #deps: FailedClustersDeps;
  /** Whether this has set the exit code of the process. */
  #hasSetExitCode = false;

  constructor(deps: FailedClustersDeps) {
    this.#deps = deps;
  }

  async onFailed(cluster: SupervisedCluster, info: ClusterInfo, error: Error): Promise<void> {
    const action = await this.#askUser(info, error);
    // Meanwhile the cluster may have been restarted, or replaced by another of its id.
    const isStillFailed = cluster.isPermanent && cluster.state === 'failed';
    if (action === 'respawn' && isStillFailed && !this.#deps.isShutDown()) void cluster.restart();
    else this.checkOver();
  }

  /** A process without anything left to do exits by itself; its exit code must show that this was no success. */
  checkOver(): void {
    const { settings, isOver, isShutDown, onOver } = this.#deps;
    if (isShutDown() || !settings.signals || !isOver()) return;
    onOver();
    if (process.exitCode !== undefined) return;
    process.exitCode = EXIT_WITHOUT_CLUSTERS;
    this.#hasSetExitCode = true;
  }

  /** A cluster is running again: restores the default exit code. */
  onRunning(): void {
    if (this.#hasSetExitCode) process.exitCode = undefined;
    this.#hasSetExitCode = false;
  }

  async #askUser(info: ClusterInfo, error: Error): Promise<ClusterFailedAction> {
    try {
      return await this.#deps.settings.onClusterFailed?.(info, error);
    } catch (failure) {
      process.emitWarning(`onClusterFailed failed: ${describeThrown(failure)}`, 'ShardwireWarning');
      return undefined;
    }
  }
}
