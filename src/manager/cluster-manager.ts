/**
 * Cluster manager: starts the clusters of a bot, routes between them and keeps them running.
 *
 * The one object of the parent process. Routing is the router's, processes are the supervised clusters'; this
 * joins them and speaks to the user.
 */
import { EventEmitter } from 'node:events';
import { deferred } from '../deferred.js';
import { registerHost } from '../contract/hosts.js';
import { fetchRecommendedShards } from '../discord/recommended-shards.js';
import { clusterIdOfGuild, shardOwners, shardRanges } from '../discord/shard-math.js';
import { Endpoint } from '../ipc/endpoint.js';
import type { EndpointStats } from '../ipc/endpoint.js';
import type { EventBusClient } from '../ipc/event-bus-client.js';
import { IPCHandler } from '../ipc/ipc-handler.js';
import { linkLimits } from '../ipc/limits.js';
import type { LinkEnd } from '../link/link.js';
import { MemoryLink } from '../link/memory-link.js';
import { checkNodeVersion } from '../node-version.js';
import { MANAGER_ID } from '../wire/address.js';
import type { MemberState } from '../wire/control.js';
import { Kind } from '../wire/frame.js';
import type { ClusterProcess, ProcessExit } from './cluster-process.js';
import { IdentifyScheduler } from './identify-scheduler.js';
import { countClusters, resolveManagerOptions } from './options.js';
import type { ClusterManagerOptions, ManagerSettings } from './options.js';
import { Router } from './router.js';
import { describeExit, SupervisedCluster } from './supervised-cluster.js';

/** One cluster, as events and `manager.clusters` show it. */
export interface ClusterInfo {
  readonly id: number;
  readonly pid: number | undefined;
  readonly shardList: readonly number[];
  /** Counts the processes started for this id, from 1. */
  readonly generation: number;
  readonly state: 'down' | 'starting' | 'ready' | 'stopping' | 'backoff' | 'failed';
  /** Calls on their way to this cluster or worked on by it. */
  readonly inFlight: number;
}

/** The manager's own calls, and those it carries for clusters. */
export interface ManagerStats extends EndpointStats {
  /** Calls on their way between processes. */
  readonly flights: number;
  /** Calls that wait for a cluster to come up. */
  readonly waitingCalls: number;
  /** Events that were lost because their receiver did not read, since the start. */
  readonly droppedEvents: number;
}

/** The manager's events and what their listeners get. */
export interface ClusterManagerEvents {
  /** A process was started for a cluster. */
  clusterCreate: [cluster: ClusterInfo];
  /** A cluster's client is ready. */
  clusterReady: [cluster: ClusterInfo];
  /** A cluster's process is gone. */
  clusterDeath: [cluster: ClusterInfo, exit: ProcessExit];
  /** Every cluster is ready for the first time. */
  ready: [];
  /** An event was dropped because cluster `clusterId` does not read. */
  eventDropped: [clusterId: number, event: string];
  debug: [message: string];
}

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
  readonly #identifies: IdentifyScheduler;
  #clusters: readonly SupervisedCluster[] = [];
  #totalShards = 0;
  readonly #ready = deferred();
  #spawned: Promise<void> | undefined;
  #shutdown: Promise<void> | undefined;

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
    const { limits, identifyWindowMs } = this.#settings;
    this.#router = new Router(limits, {
      state: (id, state) => this.#stateChanged(id, state),
      identify: (id, request) => {
        this.#clusters[id]?.pauseReadyTimer();
        this.#identifies.request(id, request);
      },
      identifyCancel: (id, request) => {
        this.#identifies.cancel(id, request);
        if (!this.#identifies.isWaiting(id)) this.#clusters[id]?.resumeReadyTimer();
      },
      linkEnd: (id, how) => this.#linkEnded(id, how),
      eventDropped: (id, event) => this.#announce('eventDropped', id, event),
    });
    this.#identifies = new IdentifyScheduler(identifyWindowMs, (id, request) => {
      this.#debug(`cluster ${id}: shard ${request.shardId} may identify`);
      this.#router.tell(id, Kind.identifyGrant, request);
      if (!this.#identifies.isWaiting(id)) this.#clusters[id]?.resumeReadyTimer();
    });
    this.#endpoint = this.#makeEndpoint();
    this.ipc = new IPCHandler(this.#endpoint);
    this.events = this.#endpoint.events;
    registerHost(this, this.#endpoint);
    const { totalShards } = this.#settings;
    if (totalShards !== 'auto') this.#plan(totalShards);
  }

  /** All shards of the bot; 0 while `'auto'` is not known yet. */
  get totalShards(): number {
    return this.#totalShards;
  }

  /** All clusters of the bot; 0 while `'auto'` is not known yet. */
  get totalClusters(): number {
    return this.#clusters.length;
  }

  /** The clusters as they are now, in id order. */
  get clusters(): readonly ClusterInfo[] {
    return this.#clusters.map((cluster) => this.#infoOf(cluster));
  }

  /** What the manager has open at this moment, and what it has lost so far. */
  stats(): ManagerStats {
    return {
      ...this.#endpoint.stats(),
      flights: this.#router.flightCount,
      waitingCalls: this.#router.waitingCount,
      droppedEvents: this.#router.droppedEvents,
    };
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
    const { limits, codec } = this.#settings;
    const [inner, outer] = MemoryLink.pair(linkLimits(limits));
    this.#router.attachManager(outer);
    const endpoint = new Endpoint({
      id: MANAGER_ID,
      totalClusters: 0,
      limits,
      codec,
      link: inner,
      owners: shardOwners(() => this.#knownPlan()),
    });
    endpoint.sayHello();
    return endpoint;
  }

  #plan(totalShards: number): void {
    const totalClusters = countClusters(this.#settings, totalShards);
    const ranges = shardRanges(totalShards, totalClusters);
    this.#totalShards = totalShards;
    this.#router.resize(totalClusters);
    this.#endpoint.directory.resize(totalClusters);
    this.#clusters = ranges.map((shardList, id) => {
      const plan = { id, shardList, totalShards, totalClusters };
      return new SupervisedCluster(plan, this.#settings, {
        started: (cluster, process) => this.#clusterStarted(cluster, process),
        died: (cluster, exit, next) => this.#clusterDied(cluster, exit, next),
        tell: (clusterId, kind) => this.#router.tell(clusterId, kind),
      });
    });
  }

  async #spawnAll(): Promise<void> {
    this.#refuseAfterShutdown();
    const { token, rest } = this.#settings;
    if (this.totalClusters === 0) {
      const totalShards = await fetchRecommendedShards(token, rest);
      // Discord may have taken its time.
      this.#refuseAfterShutdown();
      this.#plan(totalShards);
    }
    const starts = await Promise.allSettled(this.#clusters.map((cluster) => cluster.start()));
    const failures = starts.flatMap((start, id) =>
      start.status === 'rejected' ? [{ id, reason: start.reason as unknown }] : [],
    );
    if (failures.length > 0) {
      throw new AggregateError(
        failures.map(({ reason }) => reason),
        `${failures.length} of ${this.totalClusters} clusters did not start: ${failures.map(({ id }) => id).join(', ')}`,
      );
    }
    this.#announce('ready');
  }

  #refuseAfterShutdown(): void {
    if (this.#shutdown === undefined) return;
    throw new Error('This manager was shut down: make a new one to start again.');
  }

  async #shutDown(): Promise<void> {
    this.#debug('shutting down');
    this.#router.close();
    this.#identifies.close();
    await Promise.all(this.#clusters.map((cluster) => cluster.stop()));
    this.#endpoint.close();
  }

  #clusterStarted(cluster: SupervisedCluster, process: ClusterProcess): void {
    this.#router.attach(cluster.id, process.generation, process.link);
    this.#debug(
      `cluster ${cluster.id}: started, pid ${process.pid ?? 'none'}, generation ${process.generation}`,
    );
    this.#announce('clusterCreate', this.#infoOf(cluster));
  }

  #stateChanged(id: number, state: MemberState): void {
    // The manager's own view must not lag behind what `spawn()` has promised.
    this.#endpoint.directory.set(id, state);
    const cluster = this.#clusters[id];
    if (cluster === undefined || state !== 'ready') return;
    cluster.noteReady();
    this.#debug(`cluster ${id}: ready, pid ${cluster.pid ?? 'none'}`);
    this.#announce('clusterReady', this.#infoOf(cluster));
  }

  #clusterDied(cluster: SupervisedCluster, exit: ProcessExit, next: 'starting' | 'stopped'): void {
    this.#identifies.dropCluster(cluster.id);
    this.#router.detach(cluster.id, next);
    this.#debug(
      `cluster ${cluster.id}: ended with ${describeExit(exit)}, ${next === 'starting' ? 'will be started again' : 'stays down'}`,
    );
    this.#announce('clusterDeath', this.#infoOf(cluster), exit);
  }

  #linkEnded(id: number, how: LinkEnd): void {
    if (how.by === 'garbage') this.#debug(`cluster ${id}: sent what is no frame (${how.reason})`);
    this.#clusters[id]?.linkLost();
  }

  #infoOf(cluster: SupervisedCluster): ClusterInfo {
    const { id, pid, generation, state, plan } = cluster;
    return { id, pid, generation, state, shardList: plan.shardList, inFlight: this.#router.inFlightTo(id) };
  }

  /**
   * Emits, mostly while a frame is being read. A listener that throws must not leave that half done, so its
   * error is uncaught one turn later, as it would be from any other callback.
   */
  #announce<E extends keyof ClusterManagerEvents>(event: E, ...args: ClusterManagerEvents[E]): void {
    try {
      (this as EventEmitter).emit(event, ...args);
    } catch (error) {
      setImmediate(() => {
        throw error;
      });
    }
  }

  #debug(message: string): void {
    this.#announce('debug', message);
  }
}
