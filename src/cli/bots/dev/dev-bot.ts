/**
 * Development bot: the clusters that `shardwire dev` runs, replaced on demand.
 *
 * New processes load while the old ones run, all at once; a version that does not come up leaves the old one running.
 * A process that dies is not restarted before something changes: the same code would fail the same way.
 */
import { ClusterManager, HandoverError } from 'shardwire';
import { messageOf } from '../failure.js';
import { printLifecycle } from '../lifecycle-lines.js';
import type { PreparedBot } from '../prepare-bot.js';

/** A bot in development serves no users: calls in flight and hooks that hang are not worth a wait. */
const SHORT_TIMEOUTS = { drainTimeout: 500, shutdownTimeout: 2000 } as const;

const WAITING = 'waiting for changes';

export class DevBot {
  readonly #manager: ClusterManager;
  #hasStarted = false;
  #isRestarting = false;

  /** @throws Error, RangeError or TypeError, as the manager's constructor does. */
  constructor({ file, options }: PreparedBot) {
    this.#manager = new ClusterManager(file, { ...options, ...SHORT_TIMEOUTS, respawn: false });
    printLifecycle(this.#manager, console.log, console.error);
    this.#manager.on('clusterDeath', (_cluster, { reason }) => {
      if (reason !== 'stopped' && !this.#isRestarting) console.log(WAITING);
    });
  }

  /**
   * Runs the current source of the bot. A bot that fails is no error.
   *
   * @throws Error when nothing could be started at all: without a token, for example.
   */
  async restart(signal: AbortSignal): Promise<void> {
    const killStarting = (): void => this.#killStarting();
    signal.addEventListener('abort', killStarting, { once: true });
    this.#isRestarting = true;
    try {
      await (this.#hasStarted ? this.#replace(signal) : this.#start());
    } catch (error) {
      if (this.#manager.totalClusters === 0) throw error;
      if (signal.aborted) return;
      console.error(error instanceof HandoverError ? error.message : messageOf(error));
      console.log(WAITING);
    } finally {
      this.#isRestarting = false;
      signal.removeEventListener('abort', killStarting);
    }
  }

  async #start(): Promise<void> {
    this.#hasStarted = true;
    await this.#manager.spawn();
  }

  async #replace(signal: AbortSignal): Promise<void> {
    const { totalClusters } = this.#manager;
    await this.#manager.rollingRestart({ concurrency: totalClusters, settle: 0, signal });
  }

  /** Processes that are starting run outdated code by now. Standby processes are ended by the manager. */
  #killStarting(): void {
    for (const { pid, state } of this.#manager.clusters) {
      if (pid !== undefined && (state === 'starting' || state === 'up')) killIfAlive(pid);
    }
  }
}

/** The process may have died already, before the manager was notified. */
function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
