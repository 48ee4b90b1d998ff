/**
 * Cluster manager: starts the clusters of a bot, routes between them and keeps them running.
 *
 * The public object of the parent process. Routing is done in `router/`, processes are kept in `processes.ts` and
 * replaced in `rollout/`; this connects them with the users of the library.
 */
import { EventEmitter } from 'node:events';
import { deferred } from '../async/deferred.js';
import { registerContractHost } from '../contract/contract-hosts.js';
import { fetchGatewayFacts } from '../discord/recommended-shards.js';
import { refuseSessionStarts } from '../discord/session-starts.js';
import { clusterIdOfGuild, shardOwners } from '../discord/shard-math.js';
import { Endpoint } from '../ipc/endpoint.js';
import type { EventBusClient } from '../ipc/events/event-bus-client.js';
import { IPCHandler } from '../ipc/ipc-handler.js';
import { linkLimits } from '../limits.js';
import { MemoryLink } from '../link/memory-link.js';
import { checkNodeVersion } from '../node-version.js';
import { MANAGER_ID } from '../wire/address.js';
import { reportUncaught } from '../async/report-uncaught.js';
import type { ClusterInfo } from './cluster-info.js';
import { Processes } from './processes.js';
import { LifecycleLog } from '../log/lifecycle-log.js';
import type { ClusterManagerEvents } from './events.js';
import { FailedClusters } from './failed-clusters.js';
import { StatsSampler } from './stats.js';
import type { ManagerStats } from './stats.js';
import { describeSkew } from '../router/layout-negotiation.js';
import { countClusters, resolveManagerOptions } from './options.js';
import type { ClusterManagerOptions, ManagerSettings } from './options.js';
import { Rollout } from './rollout/rollout.js';
import type {
  HandoverOptions,
  ReshardOptions,
  RolloutReport,
  RollingRestartOptions,
} from './rollout/rollout.js';
import { Router } from '../router/router.js';
import { Signals } from './signals.js';

/**
 * Starts the clusters of a bot as processes of their own, keeps them running, and routes calls and events between them.
 *
 * @example
 * ```ts
 * const manager = new ClusterManager('./bot.js', { totalShards: 'auto' });
 * await manager.spawn();
 * ```
 */
export class ClusterManager extends EventEmitter<ClusterManagerEvents> {
  /** Calls handlers of clusters. Handlers that are set here are called by `requestTo(-1, ...)` only. */
  readonly ipc: IPCHandler;
  /** Sends events to clusters and receives theirs. Listeners here never acknowledge an event and are never counted. */
  readonly events: EventBusClient;
  readonly #settings: ManagerSettings;
  readonly #router: Router;
  readonly #endpoint: Endpoint;
  readonly #processes: Processes;
  readonly #stats: StatsSampler;
  readonly #rollout: Rollout;
  readonly #signals: Signals;
  readonly #failedClusters: FailedClusters;
  readonly #log: LifecycleLog;
  readonly #ready = deferred();
  #spawned: Promise<void> | undefined;
  #shutdown: Promise<void> | undefined;
  #shutdownReason = 'shutdown() was called';

  /**
   * Resolves the options. Starts nothing.
   *
   * @param file - The bot file, which creates the `ClusterClient`: a URL, or a path relative to the working folder.
   * @throws Error, RangeError or TypeError with one sentence that says what to do.
   */
  constructor(file: string | URL, options: ClusterManagerOptions = {}) {
    super();
    checkNodeVersion();
    // `spawn()` reports the failure as well: without a call of `whenReady()` it must not be an unhandled rejection.
    this.#ready.promise.catch(() => {});
    this.#settings = resolveManagerOptions(file, options);
    this.#log = new LifecycleLog(this.#settings.logger, (message) => this.#emit('debug', message));
    this.#router = this.#createRouter();
    this.#stats = new StatsSampler(this.#router);
    this.#processes = this.#createProcesses();
    this.#failedClusters = this.#createFailedClusters();
    this.#rollout = this.#createRollout();
    this.#signals = this.#createSignals();
    this.#endpoint = this.#createEndpoint();
    this.ipc = IPCHandler.create(this.#endpoint);
    this.events = this.#endpoint.events;
    registerContractHost(this, this.#endpoint);
    const { totalShards } = this.#settings;
    if (totalShards !== 'auto') this.#plan(totalShards);
  }

  /** Number of shards of the bot; 0 while `'auto'` is not resolved yet. */
  get totalShards(): number {
    return this.#processes.totalShards;
  }

  /** Number of clusters of the bot; 0 while `'auto'` is not resolved yet. */
  get totalClusters(): number {
    return this.#processes.clusters.length;
  }

  /** Snapshots of the clusters, in id order. */
  get clusters(): readonly ClusterInfo[] {
    return this.#processes.clusters.map((cluster) => this.#processes.infoOf(cluster));
  }

  /** Returns a snapshot of the bot and its counters, as plain data. */
  stats(): ManagerStats {
    const { clusters, totalClusters, totalShards } = this;
    const { jobs } = this.#processes;
    return this.#stats.sample(this.#endpoint.stats(), { clusters, totalClusters, totalShards, jobs });
  }

  /**
   * Starts all clusters.
   *
   * Resolves when all of them are ready. Once each is ready or has failed, and at least one has failed, the promise
   * rejects with an `AggregateError` that names those; the others go on.
   *
   * @throws Error when the recommended number of shards cannot be fetched, or after `shutdown()`.
   */
  spawn(): Promise<void> {
    if (this.#spawned === undefined) {
      this.#spawned = this.#spawnAll();
      this.#spawned.then(this.#ready.resolve, this.#ready.reject);
    }
    return this.#spawned;
  }

  /** Resolves when all clusters are ready for the first time; rejects as `spawn()` does. Starts nothing. */
  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  /**
   * Ends all clusters, and all calls that wait. Resolves when no process is left.
   *
   * Each cluster has `drainTimeout` for its calls in flight, destroys its client and exits; a cluster that takes longer
   * than `shutdownTimeout` gets SIGTERM, then SIGKILL.
   */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#end();
    return this.#shutdown;
  }

  /**
   * Replaces all clusters by new processes, one after the other, without losing a call: for a new version of the bot
   * file, for example. Each new process is started beside the old one, which serves until the new one takes over.
   *
   * If a new process fails before it has taken over, the old one goes on; if it fails later, it is restarted like any
   * other. In both cases the remaining clusters are left as they are, and the promise rejects with a `HandoverError`.
   * The event `handover` reports the progress.
   *
   * @throws Error when a restart or reshard is running already, or the bot is not running.
   */
  async rollingRestart(options: RollingRestartOptions = {}): Promise<RolloutReport> {
    this.#refuseUnlessRunning();
    return this.#rollout.restart(options);
  }

  /**
   * Replaces one cluster, as `rollingRestart` does. A cluster that is down or has failed is started.
   *
   * @throws as `rollingRestart`; RangeError when there is no such cluster.
   */
  async restart(clusterId: number, options: HandoverOptions = {}): Promise<RolloutReport> {
    this.#refuseUnlessRunning();
    return this.#rollout.restart({ ...options, clusterIds: [clusterId] });
  }

  /**
   * Changes the number of shards or clusters: a whole new set of processes is started beside the old one, and takes over
   * in one step. From then on ids, `totalShards` and the owners of guilds are those of the new set. Calls in flight end
   * where they began, and processes of the old set see each other until they end.
   *
   * @throws as `rollingRestart`; RangeError when the numbers do not fit together.
   */
  async reshard({ totalShards, totalClusters, ...options }: ReshardOptions): Promise<RolloutReport> {
    this.#refuseUnlessRunning();
    const { token, rest } = this.#settings;
    const shards = totalShards === 'auto' ? (await fetchGatewayFacts(token, rest)).shards : totalShards;
    return this.#rollout.reshard(shards, totalClusters ?? countClusters(this.#settings, shards), options);
  }

  /** Returns the id of the cluster that owns a guild. @throws RangeError when `guildId` is not a snowflake. */
  clusterIdOf(guildId: string): number {
    const { totalShards, totalClusters } = this.#knownPlan();
    return clusterIdOfGuild(guildId, totalShards, totalClusters);
  }

  #knownPlan(): { readonly totalShards: number; readonly totalClusters: number } {
    if (this.totalClusters > 0) return this;
    throw new Error('The number of shards is not known yet: await manager.spawn() first.');
  }

  #createRouter(): Router {
    return new Router(this.#settings.limits, {
      // The manager's own view must not lag behind what `spawn()` has promised.
      onState: (id, state) => this.#endpoint.directory.setState(id, state),
      onContractSkew: (skews) => {
        for (const skew of skews) this.#log.bot('contract-skew', describeSkew(skew));
        this.#emit('contractSkew', skews);
      },
      onEventDropped: (id, event) => this.#emit('eventDropped', id, event),
    });
  }

  #createProcesses(): Processes {
    return new Processes(this.#settings, this.#router, {
      onStarted: (cluster) => this.#emit('clusterCreate', cluster),
      onReady: (cluster) => {
        this.#failedClusters.onRunning();
        this.#emit('clusterReady', cluster);
      },
      onDied: (cluster, death) => {
        this.#emit('clusterDeath', cluster, death);
        // About a cluster that has failed the user is asked first.
        if (cluster.state !== 'failed') this.#failedClusters.checkOver();
      },
      onFailed: (cluster, error) => {
        const info = this.#processes.infoOf(cluster);
        this.#emit('clusterFailed', info, error);
        void this.#failedClusters.onFailed(cluster, info, error);
      },
      log: (process, event, reason) => this.#log.cluster(process, event, reason),
    });
  }

  #createFailedClusters(): FailedClusters {
    return new FailedClusters({
      settings: this.#settings,
      isOver: () => this.#processes.isOver,
      isShutDown: () => this.#shutdown !== undefined,
      onOver: () => this.#log.bot('bot-ended', 'each has failed or was stopped'),
    });
  }

  #createRollout(): Rollout {
    return new Rollout({
      processes: this.#processes,
      drainTimeoutMs: this.#settings.drainTimeoutMs,
      whenQuiet: (step) => this.#whenQuiet(step),
      onProgress: (progress, replacements) => {
        for (const cluster of replacements)
          this.#processes.log(cluster, 'handover', `${progress.handover}, ${progress.phase}`);
        this.#emit('handover', progress);
      },
      onFailed: (error, replacements) => {
        for (const cluster of replacements) this.#processes.log(cluster, 'handover-failed', String(error));
      },
    });
  }

  #createSignals(): Signals {
    return new Signals({
      shutdown: (signal) => {
        if (this.#shutdown === undefined) this.#shutdownReason = signal;
        return this.shutdown();
      },
      killAll: () => this.#processes.kill(),
      exit: (code) => process.exit(code),
    });
  }

  #createEndpoint(): Endpoint {
    const { limits, untypedCodec } = this.#settings;
    const [inner, outer] = MemoryLink.pair(linkLimits(limits));
    this.#router.attachManager(outer);
    const owners = shardOwners(() => this.#knownPlan());
    const endpoint = new Endpoint({
      id: MANAGER_ID,
      totalClusters: 0,
      limits,
      untypedCodec,
      link: inner,
      owners,
    });
    endpoint.sayHello();
    return endpoint;
  }

  #plan(totalShards: number): void {
    const totalClusters = countClusters(this.#settings, totalShards);
    this.#processes.plan(totalShards, totalClusters);
    this.#endpoint.directory.resize(totalClusters);
  }

  async #spawnAll(): Promise<void> {
    this.#refuseAfterShutdown();
    if (this.#settings.signals) this.#signals.listen();
    if (this.totalClusters === 0) await this.#planRecommendedShards();
    this.#log.bot('bot-starting', `${this.totalClusters} clusters, ${this.totalShards} shards`);
    const starts = await Promise.allSettled(this.#processes.clusters.map((cluster) => cluster.start()));
    const failures = starts.flatMap((start, id) =>
      start.status === 'rejected' ? [{ id, reason: start.reason as unknown }] : [],
    );
    if (failures.length > 0) {
      throw new AggregateError(
        failures.map(({ reason }) => reason),
        `${failures.length} of ${this.totalClusters} clusters did not start: ${failures.map(({ id }) => id).join(', ')}`,
      );
    }
    this.#log.bot('bot-ready', '');
    this.#emit('ready');
  }

  async #planRecommendedShards(): Promise<void> {
    const { token, rest } = this.#settings;
    const { shards, remaining, resetAfterMs } = await fetchGatewayFacts(token, rest);
    // The answer may have come after a shutdown.
    this.#refuseAfterShutdown();
    const refusal = refuseSessionStarts({ needed: shards, remaining, resetAfterMs });
    if (refusal !== undefined) throw new Error(`The bot was not started: ${refusal}`);
    this.#plan(shards);
  }

  #refuseUnlessRunning(): void {
    this.#refuseAfterShutdown();
    if (this.#spawned === undefined)
      throw new Error('The bot is not running yet: await manager.spawn() first.');
  }

  /** The manager's calls are addressed when they are made, so none of them may be on its way during the step. */
  async #whenQuiet(step: () => void): Promise<void> {
    const isClear = (): boolean => this.#endpoint.stats().queuedBytes === 0;
    for (let flushes = 0; flushes < MAX_FLUSHES && !isClear(); flushes += 1) await this.#endpoint.flushed();
    step();
    this.#endpoint.directory.resize(this.totalClusters);
  }

  #refuseAfterShutdown(): void {
    if (this.#shutdown === undefined) return;
    throw new Error('This manager was shut down: create a new one to start the bot again.');
  }

  async #end(): Promise<void> {
    this.#log.bot('bot-stopping', this.#shutdownReason);
    this.#rollout.close();
    this.#router.close();
    await this.#processes.stop();
    if (this.#spawned === undefined)
      this.#ready.reject(new Error('This manager was shut down before it was started.'));
    this.#endpoint.close();
    this.#signals.close();
    this.#log.bot('bot-stopped', this.#shutdownReason);
  }

  /**
   * Emits an event, mostly while a frame is being read. A listener that throws must not leave that half done, so its
   * error is uncaught one turn later, as it would be from any other callback.
   */
  #emit<E extends keyof ClusterManagerEvents>(event: E, ...args: ClusterManagerEvents[E]): void {
    try {
      (this as EventEmitter).emit(event, ...args);
    } catch (error) {
      reportUncaught(error);
    }
  }
}

/** How often the manager's own link is flushed before a switch; a link that has ended would never be empty. */
const MAX_FLUSHES = 100;
