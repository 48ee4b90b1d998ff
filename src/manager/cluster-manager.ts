/**
 * Cluster manager: starts the clusters of a bot, routes between them and keeps them running.
 *
 * The one object of the parent process. Routing is the router's, processes are the supervised clusters'; this
 * joins them and speaks to the user.
 */
import { EventEmitter } from 'node:events';
import { deferred } from '../async/deferred.js';
import { registerContractHost } from '../contract/contract-hosts.js';
import { fetchGatewayFacts } from '../discord/recommended-shards.js';
import { refuseSessionStarts } from '../discord/session-starts.js';
import { clusterIdOfGuild, shardOwners } from '../discord/shard-math.js';
import { Endpoint } from '../ipc/endpoint.js';
import type { EventBusClient } from '../ipc/events/event-bus-client.js';
import { describeThrown } from '../ipc/values/serialized-error.js';
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
import { StatsSampler } from './stats.js';
import type { ManagerStats } from './stats.js';
import { describeSkew } from '../router/layout-negotiation.js';
import { countClusters, resolveManagerOptions } from './options.js';
import type { ClusterManagerOptions, ClusterFailedAction, ManagerSettings } from './options.js';
import { Rollout } from './rollout/rollout.js';
import type {
  HandoverOptions,
  ReshardOptions,
  RolloutReport,
  RollingRestartOptions,
} from './rollout/rollout.js';
import { Router } from '../router/router.js';
import { Signals } from './signals.js';
import type { SupervisedCluster } from '../supervisor/supervised-cluster.js';

/**
 * The parent process of a bot: one process per cluster, and calls between them.
 *
 * @example
 * ```ts
 * const manager = new ClusterManager('./bot.js', { totalShards: 'auto' });
 * await manager.spawn();
 * ```
 */
export class ClusterManager extends EventEmitter<ClusterManagerEvents> {
  /** Calls to clusters. Handlers set here are reached by `requestTo(-1, ...)` only. */
  readonly ipc: IPCHandler;
  /** Events to and from clusters. The manager's listeners never acknowledge and are never counted. */
  readonly events: EventBusClient;
  readonly #settings: ManagerSettings;
  readonly #router: Router;
  readonly #endpoint: Endpoint;
  readonly #processes: Processes;
  readonly #stats: StatsSampler;
  readonly #rollout: Rollout;
  readonly #signals: Signals;
  readonly #log: LifecycleLog;
  readonly #ready = deferred();
  #spawned: Promise<void> | undefined;
  #shutdown: Promise<void> | undefined;
  #whyShutDown = 'shutdown() was called';
  /** Whether the exit code is that of a bot without clusters. */
  #wasOver = false;

  /**
   * @param file - The bot file: the one that makes the `ClusterClient`. A path (from the working folder) or a URL.
   * @throws Error, RangeError or TypeError with one sentence that says what to do.
   */
  constructor(file: string | URL, options: ClusterManagerOptions = {}) {
    super();
    checkNodeVersion();
    // Whoever does not ask for it is told by spawn(); this must not be an unhandled rejection.
    this.#ready.promise.catch(() => {});
    this.#settings = resolveManagerOptions(file, options);
    this.#log = new LifecycleLog(this.#settings.logger, (message) => this.#announce('debug', message));
    this.#router = new Router(this.#settings.limits, {
      // The manager's own view must not lag behind what `spawn()` has promised.
      onState: (id, state) => this.#endpoint.directory.setState(id, state),
      onContractSkew: (skews) => {
        for (const skew of skews) this.#log.bot('contract-skew', describeSkew(skew));
        this.#announce('contractSkew', skews);
      },
      onEventDropped: (id, event) => this.#announce('eventDropped', id, event),
    });
    this.#stats = new StatsSampler(this.#router);
    this.#processes = new Processes(this.#settings, this.#router, {
      created: (cluster) => this.#announce('clusterCreate', cluster),
      ready: (cluster) => {
        this.#noteBack();
        this.#announce('clusterReady', cluster);
      },
      died: (cluster, death) => {
        this.#announce('clusterDeath', cluster, death);
        // Of one that has failed, somebody is asked first.
        if (cluster.state !== 'failed') this.#noteOver();
      },
      failed: (cluster, error) => void this.#clusterFailed(cluster, error),
      log: (process, event, reason) => this.#log.cluster(process, event, reason),
    });
    this.#rollout = new Rollout({
      processes: this.#processes,
      drainTimeoutMs: this.#settings.drainTimeoutMs,
      whenQuiet: (step) => this.#whenQuiet(step),
      onProgress: (progress, next) => {
        for (const each of next)
          this.#processes.log(each, 'handover', `${progress.handover}, ${progress.phase}`);
        this.#announce('handover', progress);
      },
      onFailed: (error, next) => {
        for (const each of next) this.#processes.log(each, 'handover-failed', String(error));
      },
    });
    this.#signals = new Signals({
      shutdown: (signal) => {
        if (this.#shutdown === undefined) this.#whyShutDown = signal;
        return this.shutdown();
      },
      force: () => this.#processes.kill(),
      exit: (code) => process.exit(code),
    });
    this.#endpoint = this.#makeEndpoint();
    this.ipc = IPCHandler.create(this.#endpoint);
    this.events = this.#endpoint.events;
    registerContractHost(this, this.#endpoint);
    const { totalShards } = this.#settings;
    if (totalShards !== 'auto') this.#plan(totalShards);
  }

  /** All shards of the bot; 0 while `'auto'` is not known yet. */
  get totalShards(): number {
    return this.#processes.totalShards;
  }

  /** All clusters of the bot; 0 while `'auto'` is not known yet. */
  get totalClusters(): number {
    return this.#processes.clusters.length;
  }

  /** The clusters as they are now, in id order. */
  get clusters(): readonly ClusterInfo[] {
    return this.#processes.clusters.map((cluster) => this.#processes.infoOf(cluster));
  }

  /** How the bot is at this moment, and what it has done so far, as plain data. */
  stats(): ManagerStats {
    const { clusters, totalClusters, totalShards } = this;
    const { jobs } = this.#processes;
    return this.#stats.sample(this.#endpoint.stats(), { clusters, totalClusters, totalShards, jobs });
  }

  /**
   * Starts all clusters.
   *
   * Resolves when every one is ready. When each is ready or has failed, and at least one has failed, it rejects
   * with an `AggregateError` that names them; the ready ones go on.
   *
   * @throws Error when the number of shards cannot be found out, or after `shutdown()`.
   */
  spawn(): Promise<void> {
    if (this.#spawned === undefined) {
      this.#spawned = this.#spawnAll();
      this.#spawned.then(this.#ready.resolve, this.#ready.reject);
    }
    return this.#spawned;
  }

  /** Resolves when every cluster is ready for the first time; rejects as `spawn()`. Starts nothing. */
  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  /**
   * Ends all clusters and everything that waits. Calls in flight end with what comes first.
   *
   * Each cluster destroys its client and exits; one that takes longer than `shutdownTimeout` gets SIGTERM,
   * then SIGKILL.
   */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#shutDown();
    return this.#shutdown;
  }

  /**
   * Replaces all clusters by new processes, one after the other, without losing a call; for a new version of the bot
   * file, say. Each new one is started beside the old one, which serves until the new one is there.
   *
   * When one fails before its switch, the old one serves on; when it fails after, it is supervised as any other.
   * Either way the rest is left as it is, and the promise rejects with a `HandoverError`. `handover` events tell how
   * far it is.
   *
   * @throws Error when a restart or reshard is running already, or the bot is not.
   */
  async rollingRestart(options: RollingRestartOptions = {}): Promise<RolloutReport> {
    this.#refuseUnlessRunning();
    return this.#rollout.restart(options);
  }

  /** Replaces one cluster, as `rollingRestart` does; starts it when it is down or has failed. */
  async restart(clusterId: number, options: HandoverOptions = {}): Promise<RolloutReport> {
    this.#refuseUnlessRunning();
    return this.#rollout.restart({ ...options, clusterIds: [clusterId] });
  }

  /**
   * Gives the bot another number of shards or clusters: a whole new set of processes comes up beside the old one,
   * and takes its place in one step. From then on ids, `totalShards` and the owners of guilds are the new ones; what
   * is in flight ends where it began, and processes of the old set see each other until they end.
   *
   * @throws as `rollingRestart`; RangeError for numbers that make no plan.
   */
  async reshard({ totalShards, totalClusters, ...choice }: ReshardOptions): Promise<RolloutReport> {
    this.#refuseUnlessRunning();
    const { token, rest } = this.#settings;
    const shards = totalShards === 'auto' ? (await fetchGatewayFacts(token, rest)).shards : totalShards;
    return this.#rollout.reshard(shards, totalClusters ?? countClusters(this.#settings, shards), choice);
  }

  /** The cluster that a guild lives on. @throws RangeError when `guildId` is no snowflake. */
  clusterIdOf(guildId: string): number {
    const { totalShards, totalClusters } = this.#knownPlan();
    return clusterIdOfGuild(guildId, totalShards, totalClusters);
  }

  #knownPlan(): { readonly totalShards: number; readonly totalClusters: number } {
    if (this.totalClusters > 0) return this;
    throw new Error('The number of shards is not known yet: await manager.spawn() first.');
  }

  #makeEndpoint(): Endpoint {
    const { limits, untypedCodec: codec } = this.#settings;
    const [inner, outer] = MemoryLink.pair(linkLimits(limits));
    this.#router.attachManager(outer);
    const endpoint = new Endpoint({
      id: MANAGER_ID,
      totalClusters: 0,
      limits,
      untypedCodec: codec,
      link: inner,
      owners: shardOwners(() => this.#knownPlan()),
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
    if (this.totalClusters === 0) await this.#planAsDiscordSays();
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
    this.#announce('ready');
  }

  async #planAsDiscordSays(): Promise<void> {
    const { token, rest } = this.#settings;
    const { shards, remaining, resetAfterMs } = await fetchGatewayFacts(token, rest);
    // Discord may have taken its time.
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

  /** Who is meant by a call is decided when it is made, so none of the manager's may be between the two. */
  async #whenQuiet(step: () => void): Promise<void> {
    const isClear = (): boolean => this.#endpoint.stats().queuedBytes === 0;
    for (let turns = 0; turns < MOST_TURNS && !isClear(); turns += 1) await this.#endpoint.flushed();
    step();
    this.#endpoint.directory.resize(this.totalClusters);
  }

  #refuseAfterShutdown(): void {
    if (this.#shutdown === undefined) return;
    throw new Error('This manager was shut down: make a new one to start again.');
  }

  async #shutDown(): Promise<void> {
    this.#log.bot('bot-stopping', this.#whyShutDown);
    this.#rollout.close();
    this.#router.close();
    await this.#processes.stop();
    if (this.#spawned === undefined)
      this.#ready.reject(new Error('This manager was shut down before it was started.'));
    this.#endpoint.close();
    this.#signals.close();
    this.#log.bot('bot-stopped', this.#whyShutDown);
  }

  async #clusterFailed(cluster: SupervisedCluster, error: Error): Promise<void> {
    const info = this.#processes.infoOf(cluster);
    this.#announce('clusterFailed', info, error);
    const decision = await this.#askWhoFailed(info, error);
    // It may have been started again meanwhile, or another may have its place.
    const isStillFailed = cluster.isPermanent && cluster.state === 'failed';
    if (decision === 'respawn' && isStillFailed && this.#shutdown === undefined) void cluster.restart();
    else this.#noteOver();
  }

  async #askWhoFailed(info: ClusterInfo, error: Error): Promise<ClusterFailedAction> {
    try {
      return await this.#settings.onClusterFailed?.(info, error);
    } catch (failure) {
      process.emitWarning(`onClusterFailed failed: ${describeThrown(failure)}`, 'ShardwireWarning');
      return undefined;
    }
  }

  /** A process that has nothing left to do ends by itself; whoever started it must see that this was no success. */
  #noteOver(): void {
    if (this.#shutdown !== undefined || !this.#settings.signals || !this.#processes.isOver) return;
    this.#log.bot('bot-ended', 'each has failed or was stopped');
    if (process.exitCode !== undefined) return;
    process.exitCode = EXIT_WITHOUT_CLUSTERS;
    this.#wasOver = true;
  }

  /** Somebody has brought back what was over: its end will be an end like any other. */
  #noteBack(): void {
    if (this.#wasOver) process.exitCode = undefined;
    this.#wasOver = false;
  }

  /**
   * Emits, mostly while a frame is being read. A listener that throws must not leave that half done, so its
   * error is uncaught one turn later, as it would be from any other callback.
   */
  #announce<E extends keyof ClusterManagerEvents>(event: E, ...args: ClusterManagerEvents[E]): void {
    try {
      (this as EventEmitter).emit(event, ...args);
    } catch (error) {
      reportUncaught(error);
    }
  }
}

/** Exit code of a manager whose clusters have all failed. */
const EXIT_WITHOUT_CLUSTERS = 1;
/** How often the manager's own link is waited for; one that has ended would never be clear. */
const MOST_TURNS = 100;
