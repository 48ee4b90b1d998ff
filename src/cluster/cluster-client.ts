/**
 * Cluster client: one cluster of the bot, as seen from its own process.
 *
 * Created once, before `client.login()`. Reads from the environment which cluster this is, connects to the manager, and
 * gives the discord.js client its shards. In a process that no manager started it is the only cluster of the bot.
 */
import type { EventEmitter } from 'node:events';
import type { Client } from 'discord.js';
import { registerContractHost } from '../contract/contract-hosts.js';
import { isClientReady } from '../discord/client-readiness.js';
import { watchLogin } from '../discord/fatal-login.js';
import { guildCountOf } from '../discord/guild-count.js';
import { prepareClient } from '../discord/prepare-client.js';
import { clusterIdOfGuild, shardOwners } from '../discord/shard-math.js';
import { Endpoint } from '../ipc/endpoint.js';
import type { EventBusClient } from '../ipc/events/event-bus-client.js';
import { memoryOfProcess } from '../process-memory.js';
import { IPCHandler } from '../ipc/ipc-handler.js';
import { checkNodeVersion } from '../node-version.js';
import type { ManagerCommand } from '../wire/control/to-cluster.js';
import type { JobReport, Pong } from '../wire/control/to-manager.js';
import type { ClusterStats } from './cluster-stats.js';
import { EventLoopLag } from './event-loop-lag.js';
import { ClusterHandover } from './handover.js';
import { IdentifyRequester } from './identify.js';
import { SingletonJobs } from './jobs.js';
import type { SingletonJob, JobHandle } from './jobs.js';
import { guardProcess } from './process-guard.js';
import { resolveContext } from './context.js';
import type { ClusterContext } from './context.js';
import { ShutdownHooks } from './shutdown-hooks.js';
import type { ShutdownHook } from './shutdown-hooks.js';

/**
 * Connects a discord.js client to the other clusters of the bot: calls through `ipc`, events through `events`.
 *
 * Create one per process, before `client.login()`.
 */
export class ClusterClient<C extends EventEmitter = Client> {
  /** The client that this cluster was created with. */
  readonly client: C;
  /** Registers handlers of this cluster and calls handlers of other clusters and the manager. */
  readonly ipc: IPCHandler;
  /** Sends events to other clusters and the manager, and receives theirs. */
  readonly events: EventBusClient;
  readonly #context: ClusterContext;
  readonly #endpoint: Endpoint;
  readonly #identify: IdentifyRequester;
  readonly #whenReady: Promise<void>;
  readonly #handover: ClusterHandover;
  readonly #hooks = new ShutdownHooks();
  readonly #jobs = new SingletonJobs((report) => this.#sendJobReport(report), warn);
  readonly #lag = new EventLoopLag();
  #isEnding = false;

  /**
   * Connects to the manager, and sets the client's `shards` and `shardCount`.
   *
   * @throws Error when the client has logged in already or has `shards` in its options, when this process already has a
   * `ClusterClient`, or when this version of Node is too old.
   */
  constructor(client: C);
  /** @internal */
  constructor(client: C, context: ClusterContext);
  constructor(client: C, context?: ClusterContext) {
    checkNodeVersion();
    this.client = client;
    this.#context = context ?? resolveContext();
    this.#handover = new ClusterHandover(client, this.#context.standby === true);
    if (this.#context.link !== undefined) this.#prepareClient();
    this.#endpoint = this.#connect();
    this.#identify = new IdentifyRequester((message) => this.#endpoint.send(message));
    if (this.#context.ownsProcess === true) this.#guard();
    this.ipc = IPCHandler.create(this.#endpoint);
    this.events = this.#endpoint.events;
    registerContractHost(this, this.#endpoint);
    registerContractHost(client, this.#endpoint);
    this.#whenReady = new Promise((resolve) => this.#handover.onceReady(resolve));
    // Deferred by one macrotask, until the bot file has registered its handlers.
    setImmediate(() => this.#sayHello());
  }

  /** Id of this cluster, from 0. */
  get id(): number {
    return this.#context.id;
  }

  /** Ids of the shards of this cluster. */
  get shardList(): readonly number[] {
    return this.#context.shardList;
  }

  /** Number of shards of the bot. */
  get totalShards(): number {
    return this.#context.totalShards;
  }

  /** Number of clusters of the bot. */
  get totalClusters(): number {
    return this.#context.totalClusters;
  }

  /** Whether this is cluster 0, which may be down while others run. For jobs that must not stop with it, see `runSingleton`. */
  get isPrimary(): boolean {
    return this.id === 0;
  }

  /** Whether the client is ready. A client without `isReady` counts as ready. */
  get ready(): boolean {
    return isClientReady(this.client);
  }

  /** Returns a snapshot of this process' load and calls, as plain data. */
  stats(): ClusterStats {
    const { meanLagMs, maxLagMs } = this.#lag.current();
    return {
      id: this.id,
      pid: process.pid,
      uptime: Math.round(process.uptime() * 1000),
      lag: { mean: meanLagMs, max: maxLagMs },
      ignoredFrames: this.#endpoint.ignoredFrames,
      memory: memoryOfProcess(),
      ...this.#endpoint.stats(),
    };
  }

  /** Resolves when the client is ready for the first time. */
  whenReady(): Promise<void> {
    return this.#whenReady;
  }

  /**
   * Resolves when this process is the active one of its cluster: immediately, except for a standby process in an
   * overlapping restart or reshard. A standby process gets no calls and events from other clusters, and its client emits
   * no gateway events.
   */
  whenActive(): Promise<void> {
    return this.#handover.active;
  }

  /**
   * Registers a hook that runs before the manager ends this process: at a shutdown, a restart or a handover.
   *
   * While hooks run, no new calls arrive, the client is still logged in, and calls and events can still be sent. All hooks
   * run concurrently; the client is destroyed when all have settled, at the latest after the manager's `shutdownTimeout`.
   *
   * @returns A function that removes the hook.
   * @throws TypeError when the hook is not a function.
   */
  onShutdown(hook: ShutdownHook): () => void {
    return this.#hooks.add(hook);
  }

  /**
   * Registers a job that exactly one cluster of the bot runs, once its client is ready: a schedule or posted statistics,
   * for example.
   *
   * Every cluster registers the job; the manager assigns it to one cluster, and to another when that cluster dies or is
   * replaced. `job` never runs in two clusters at once: its `signal` aborts when it must stop, and the next cluster starts
   * it when the promise that it returned has settled, or when its process has exited. Everything that the job starts must
   * therefore end with the signal, too. A cluster that is replaced waits for the job as it does for calls in flight, at
   * most for the manager's `drainTimeout`.
   *
   * A job that has returned is done: it is not called again until it is assigned to another cluster. The same holds for a
   * job that fails, which is reported as a warning of this process and in the manager's log. In a process that no manager
   * started the job runs in this process.
   *
   * @param name - Name of the job, the same in all clusters; at most 256 characters.
   * @throws Error when this cluster already has a job of that name.
   * @throws TypeError when the name or the job is invalid.
   */
  runSingleton(name: string, job: SingletonJob): JobHandle {
    return this.#jobs.add(name, job);
  }

  /**
   * Returns the id of the cluster that a guild belongs to: the one with shard `(guild_id >> 22) % totalShards`.
   *
   * @throws RangeError when `guildId` is not a snowflake.
   */
  clusterIdOf(guildId: string): number {
    return clusterIdOfGuild(guildId, this.totalShards, this.totalClusters);
  }

  #connect(): Endpoint {
    const { id, totalClusters, limits, untypedCodec, link, exit } = this.#context;
    return new Endpoint(
      { id, totalClusters, limits, untypedCodec, link, owners: shardOwners(() => this.#context) },
      {
        onCommand: (command) => this.#onCommand(command),
        // The manager is gone, or sends what cannot be understood: a cluster must not go on without it.
        onEnd: ({ by }) => {
          this.#jobs.abort();
          this.#lag.stop();
          if (by !== 'self') exit(ORPHANED);
        },
      },
    );
  }

  #onCommand(command: ManagerCommand): void {
    switch (command.kind) {
      case 'shutdown':
        return void this.#shutdown();
      case 'ping':
        return this.#endpoint.send({ kind: 'pong', ...this.#pong() });
      case 'identifyGrant':
        return this.#identify.onGrant(command);
      case 'handover':
        return this.#endpoint.send({ kind: 'handoverDone', ...this.#handover.perform(command) });
      case 'jobOrder':
        return this.#jobs.onOrder(command);
    }
  }

  /** Without a manager this is the only candidate. */
  #sendJobReport(report: JobReport): void {
    if (this.#context.link !== undefined) this.#endpoint.send({ kind: 'job', ...report });
    else if (report.status === 'registered')
      void this.#whenReady.then(() => this.#jobs.onOrder({ ...report, action: 'assign' }));
  }

  #prepareClient(): void {
    const { shardList, totalShards } = this.#context;
    prepareClient(this.client, {
      shardList,
      totalShards,
      buildIdentifyThrottler: (gateway) => this.#identify.buildThrottler(gateway),
    });
    watchLogin(this.client, (code, shardId) => this.#endpoint.send({ kind: 'loginRejected', code, shardId }));
  }

  #guard(): void {
    guardProcess({
      onSigterm: () => {
        // While this process ends, the signal was sent to all processes: the manager itself ends those that take too long.
        if (!this.#isEnding) this.#endpoint.send({ kind: 'replaceMe' });
      },
      onCrash: (report) => this.#endpoint.send({ kind: 'crashReport', ...report }),
      onExit: () => this.#endpoint.close(),
    });
  }

  #pong(): Pong {
    const { servedCalls } = this.#endpoint.stats();
    return { ...this.#lag.sample(), ...memoryOfProcess(), servedCalls, guilds: guildCountOf(this.client) };
  }

  #sayHello(): void {
    this.#endpoint.sayHello();
    this.#handover.onceReady(() => this.#endpoint.send({ kind: 'ready' }));
  }

  /** Runs the hooks, lets the client log off from Discord, then exits. A second request exits immediately. */
  async #shutdown(): Promise<void> {
    if (this.#isEnding) return this.#context.exit(TERMINATED);
    this.#isEnding = true;
    this.#jobs.abort();
    await this.#hooks.run((error) => warn(`A shutdown hook failed: ${String(error)}`));
    const { destroy } = this.client as { destroy?: unknown };
    try {
      if (typeof destroy === 'function') await withTimeout(Reflect.apply(destroy, this.client, []));
    } catch (error) {
      warn(`client.destroy() failed during shutdown: ${String(error)}`);
    }
    await this.#endpoint.flushed();
    this.#context.exit(0);
  }
}

function warn(message: string): void {
  process.emitWarning(message, 'ShardwireWarning');
}

/** discord.js' `destroy()` may never settle while a shard waits for READY (seen with 14.28). */
const DESTROY_TIMEOUT_MS = 3000;

async function withTimeout(work: unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, DESTROY_TIMEOUT_MS);
  });
  await Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}

/** Exit code of a cluster whose manager has gone; only the system's logs can show it. */
const ORPHANED = 1;
/** What a shell makes of SIGTERM: 128 + 15. */
const TERMINATED = 143;
