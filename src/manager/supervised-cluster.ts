/**
 * Supervised cluster: keeps one process running for one cluster id.
 *
 * One tagged life, changed in one place. There is never more than one process for an id: the next is started
 * only when the last is gone.
 */
import { deferred } from '../deferred.js';
import { Kind } from '../wire/frame.js';
import { ClusterProcess } from './cluster-process.js';
import type { ProcessExit } from './cluster-process.js';
import type { ManagerSettings } from './options.js';

type Life =
  | { readonly at: 'down' }
  | { readonly at: 'starting' | 'ready' | 'stopping'; readonly process: ClusterProcess }
  | { readonly at: 'backoff'; readonly timer: NodeJS.Timeout }
  | { readonly at: 'failed' };

/** Which part of the bot a cluster is. */
export interface ClusterPlan {
  readonly id: number;
  readonly shardList: readonly number[];
  readonly totalShards: number;
  readonly totalClusters: number;
}

/** What a cluster needs done by the manager. */
export interface Supervisor {
  started(cluster: SupervisedCluster, process: ClusterProcess): void;
  /** The process is gone; `next` says whether another one comes. */
  died(cluster: SupervisedCluster, exit: ProcessExit, next: 'starting' | 'stopped'): void;
  tell(clusterId: number, kind: Kind): void;
}

const RESPAWN_DELAY_MS = 1000;
/** A cluster that died this often before it was ever ready will not get there by dying again. */
const START_ATTEMPTS = 3;
/** What a process gets between the end of its pipe and SIGKILL. */
const EXIT_GRACE_MS = 500;
/** What a process gets between SIGTERM and SIGKILL. */
const TERM_GRACE_MS = 2000;

export class SupervisedCluster {
  readonly plan: ClusterPlan;
  readonly #settings: ManagerSettings;
  readonly #supervisor: Supervisor;
  readonly #firstReady = deferred();
  #life: Life = { at: 'down' };
  #generation = 0;
  #startsLeft = START_ATTEMPTS;
  #readyTimer: NodeJS.Timeout | undefined;
  /** What is left of `readyTimeout`, and since when it runs. */
  #readyLeftMs = 0;
  #readySince = 0;

  constructor(plan: ClusterPlan, settings: ManagerSettings, supervisor: Supervisor) {
    this.plan = plan;
    this.#settings = settings;
    this.#supervisor = supervisor;
    // Whoever does not wait for the start is told by events; this must not be an unhandled rejection.
    this.#firstReady.promise.catch(() => {});
  }

  get id(): number {
    return this.plan.id;
  }

  get pid(): number | undefined {
    return 'process' in this.#life ? this.#life.process.pid : undefined;
  }

  get generation(): number {
    return this.#generation;
  }

  get state(): Life['at'] {
    return this.#life.at;
  }

  /** Starts the first process. Resolves when it is ready; rejects when the cluster has failed or is stopped. */
  start(): Promise<void> {
    if (this.#life.at === 'down') this.#fork();
    return this.#firstReady.promise;
  }

  /** The cluster has said that its client is ready. */
  noteReady(): void {
    if (this.#life.at !== 'starting') return;
    this.#life = { at: 'ready', process: this.#life.process };
    this.#startsLeft = Number.POSITIVE_INFINITY;
    this.#stopReadyTimer();
    this.#firstReady.resolve();
  }

  /** Time spent waiting for a turn to identify is not the cluster's own. */
  pauseReadyTimer(): void {
    if (this.#readyTimer === undefined) return;
    this.#readyLeftMs -= performance.now() - this.#readySince;
    this.#stopReadyTimer();
  }

  resumeReadyTimer(): void {
    if (this.#life.at !== 'starting' || this.#readyTimer !== undefined) return;
    this.#readySince = performance.now();
    this.#readyTimer = setTimeout(() => this.#readyTooLate(), Math.max(1, this.#readyLeftMs));
  }

  #stopReadyTimer(): void {
    clearTimeout(this.#readyTimer);
    this.#readyTimer = undefined;
  }

  /**
   * The pipe has ended, so the process can serve nobody. Most are just exiting and get the time to say how; one
   * that lives on is ended, and its death brings the next.
   */
  linkLost(): void {
    if (!('process' in this.#life)) return;
    const { process } = this.#life;
    const kill = setTimeout(() => process.kill('SIGKILL'), EXIT_GRACE_MS);
    void process.gone().then(() => clearTimeout(kill));
  }

  /** Asks the process to finish, then makes it. Resolves when there is none any more. */
  async stop(): Promise<void> {
    const life = this.#life;
    this.#stopReadyTimer();
    if (life.at === 'backoff') clearTimeout(life.timer);
    if (!('process' in life)) {
      this.#life = { at: 'down' };
      this.#firstReady.reject(new Error(`Cluster ${this.id} was stopped before it was ready.`));
      return;
    }
    const { process } = life;
    this.#life = { at: 'stopping', process };
    this.#firstReady.reject(new Error(`Cluster ${this.id} was stopped before it was ready.`));
    this.#supervisor.tell(this.id, Kind.shutdown);
    const term = setTimeout(() => process.kill('SIGTERM'), this.#settings.shutdownTimeoutMs);
    const kill = setTimeout(() => process.kill('SIGKILL'), this.#settings.shutdownTimeoutMs + TERM_GRACE_MS);
    await process.gone();
    clearTimeout(term);
    clearTimeout(kill);
  }

  #fork(): void {
    this.#generation = (this.#generation % 0xffff) + 1;
    this.#startsLeft -= 1;
    const process = this.#tryFork();
    if (process === undefined) return;
    this.#life = { at: 'starting', process };
    this.#readyLeftMs = this.#settings.readyTimeoutMs;
    this.#stopReadyTimer();
    this.resumeReadyTimer();
    this.#supervisor.started(this, process);
    void process.gone().then((exit) => this.#processGone(process, exit));
  }

  /** `fork` itself can fail (no descriptors left, say): that is a death like any other. */
  #tryFork(): ClusterProcess | undefined {
    try {
      return new ClusterProcess(this.#settings, { ...this.plan, generation: this.#generation });
    } catch (error) {
      this.#afterDeath({ code: null, signal: null }, `could not be started: ${String(error)}`, true);
      return undefined;
    }
  }

  #processGone(process: ClusterProcess, exit: ProcessExit): void {
    const life = this.#life;
    this.#stopReadyTimer();
    if (!('process' in life) || life.process !== process) {
      this.#supervisor.died(this, exit, 'stopped');
      return;
    }
    const why = `ended before it was ready (${describeExit(exit)}); its own output says why`;
    this.#afterDeath(exit, why, life.at !== 'stopping');
  }

  #afterDeath(exit: ProcessExit, why: string, isWanted: boolean): void {
    const wasReady = this.#startsLeft === Number.POSITIVE_INFINITY;
    const respawns = isWanted && this.#settings.respawn && this.#startsLeft > 0;
    if (respawns) this.#life = { at: 'backoff', timer: setTimeout(() => this.#fork(), RESPAWN_DELAY_MS) };
    else if (!isWanted || wasReady) this.#life = { at: 'down' };
    else this.#fail(`Cluster ${this.id} ${why}.`);
    this.#supervisor.died(this, exit, respawns ? 'starting' : 'stopped');
  }

  #readyTooLate(): void {
    if (this.#life.at !== 'starting') return;
    const { process } = this.#life;
    this.#fail(
      `Cluster ${this.id} was not ready within ${this.#settings.readyTimeoutMs} ms: ` +
        'does the bot file call client.login()? The option `readyTimeout` gives it longer.',
    );
    process.kill('SIGKILL');
  }

  #fail(reason: string): void {
    this.#life = { at: 'failed' };
    this.#firstReady.reject(new Error(reason));
  }
}

export function describeExit({ code, signal }: ProcessExit): string {
  return signal === null ? `exit code ${code ?? 'unknown'}` : signal;
}
