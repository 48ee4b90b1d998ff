/**
 * Development bot: the clusters that `shardwire dev` runs, replaced by new ones on demand.
 *
 * New processes load beside the old ones, all at once; a version that does not come up leaves the old one running.
 * A process that dies is not started again before something has changed: the same code would do the same.
 */
import { ClusterManager, HandoverError } from 'shardwire';
import { messageOf } from '../failure.js';
import { tellLives } from '../life-lines.js';
import type { PreparedBot } from '../prepare-bot.js';

/** Nobody is served: what is in flight need not end, and a hook that hangs is not waited for. */
const IMPATIENT = { drainTimeout: 500, shutdownTimeout: 2000 } as const;

const WAITING = 'waiting for a change';

export class DevBot {
  readonly #manager: ClusterManager;
  #hasBegun = false;
  #isChanging = false;

  /** @throws Error, RangeError or TypeError as the manager does. */
  constructor({ file, options }: PreparedBot) {
    this.#manager = new ClusterManager(file, { ...options, ...IMPATIENT, respawn: false });
    tellLives(this.#manager, console.log, console.error);
    this.#manager.on('clusterDeath', (_cluster, { reason: kind }) => {
      if (kind !== 'stopped' && !this.#isChanging) console.log(WAITING);
    });
  }

  /**
   * Runs the bot as its source is now. Never rejects for a bot that fails.
   *
   * @throws Error when nothing could be started at all: the token is missing, say.
   */
  async restart(interrupt: AbortSignal): Promise<void> {
    const stopStarting = (): void => this.#killStarting();
    interrupt.addEventListener('abort', stopStarting, { once: true });
    this.#isChanging = true;
    try {
      await (this.#hasBegun ? this.#replace(interrupt) : this.#begin());
    } catch (error) {
      if (this.#manager.totalClusters === 0) throw error;
      if (interrupt.aborted) return;
      console.error(error instanceof HandoverError ? error.message : messageOf(error));
      console.log(WAITING);
    } finally {
      this.#isChanging = false;
      interrupt.removeEventListener('abort', stopStarting);
    }
  }

  async #begin(): Promise<void> {
    this.#hasBegun = true;
    await this.#manager.spawn();
  }

  async #replace(signal: AbortSignal): Promise<void> {
    const { totalClusters } = this.#manager;
    await this.#manager.rollingRestart({ concurrency: totalClusters, settle: 0, signal });
  }

  /** They run what is old by now; those that stand by are ended by the manager. */
  #killStarting(): void {
    for (const { pid, state } of this.#manager.clusters) {
      if (pid !== undefined && (state === 'starting' || state === 'up')) killIfThere(pid);
    }
  }
}

/** It may have died by itself, and nobody was told yet. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
