/**
 * Cluster client: this process, as a part of the bot.
 *
 * Made once, before `client.login()`. Finds out from the environment which cluster this is, connects to the
 * manager, and gives the discord.js client its shards. In a process that no manager started everything works
 * as one cluster of one.
 */
import type { EventEmitter } from 'node:events';
import type { Client } from 'discord.js';
import { registerEndpoint } from '../contract/endpoint-registry.js';
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
import type { LoginRejection, HandoverStep, Pong, JobOrder, JobMessage } from '../wire/control.js';
import { Kind } from '../wire/frame.js';
import type { ClusterStats } from './cluster-stats.js';
import { EventLoopLag } from './event-loop-lag.js';
import { ClusterHandover } from './handover.js';
import { IdentifyQueue } from './identify.js';
import { SingletonJobs } from './jobs.js';
import type { SingletonJob, JobHandle } from './jobs.js';
import { guardProcess } from './process-guard.js';
import { resolveContext } from './context.js';
import type { ClusterContext } from './context.js';
import { ShutdownHooks } from './shutdown-hooks.js';
import type { ShutdownHook } from './shutdown-hooks.js';

/**
 * One cluster of the bot: calls other clusters through `ipc`, tells them things through `events`.
 *
 * @throws Error when the client has logged in already, has shards of its own, or is this process' second.
 */
export class ClusterClient<C extends EventEmitter = Client> {
  readonly client: C;
  /** Requests: handlers of this cluster, calls to others. */
  readonly ipc: IPCHandler;
  /** Events: broadcasts to and from other clusters. */
  readonly events: EventBusClient;
  readonly #seat: ClusterContext;
  readonly #endpoint: Endpoint;
  readonly #identify: IdentifyQueue;
  readonly #whenReady: Promise<void>;
  readonly #handover: ClusterHandover;
  readonly #hooks = new ShutdownHooks();
  readonly #jobs = new SingletonJobs((word) => this.#sendJobMessage(word), warn);
  readonly #lag = new EventLoopLag();
  #isEnding = false;

  constructor(client: C) {
    checkNodeVersion();
    this.client = client;
    this.#seat = resolveContext();
    this.#handover = new ClusterHandover(client, this.#seat.standby === true);
    if (this.#seat.link !== undefined) this.#prepareClient();
    this.#endpoint = this.#connect();
    this.#identify = new IdentifyQueue((kind, request) => this.#endpoint.control(kind, request));
    if (this.#seat.ownsProcess === true) this.#guard();
    this.ipc = new IPCHandler(this.#endpoint);
    this.events = this.#endpoint.events;
    registerEndpoint(this, this.#endpoint);
    registerEndpoint(client, this.#endpoint);
    this.#whenReady = new Promise((resolve) => this.#handover.onceReady(resolve));
    // One macrotask later all handlers that the file registers at once are there.
    setImmediate(() => this.#sayHello());
  }

  /** This cluster's id, from 0. */
  get id(): number {
    return this.#seat.id;
  }

  /** The shards of this cluster's client. */
  get shardList(): readonly number[] {
    return this.#seat.shardList;
  }

  /** All shards of the bot. */
  get totalShards(): number {
    return this.#seat.totalShards;
  }

  /** All clusters of the bot. */
  get totalClusters(): number {
    return this.#seat.totalClusters;
  }

  /** Whether this is cluster 0, which may be down while others live. For work that must go on, see `runSingleton`. */
  get isPrimary(): boolean {
    return this.id === 0;
  }

  /** Whether the client is ready; a client without `isReady` counts as ready. */
  get ready(): boolean {
    return isClientReady(this.client);
  }

  /** How this cluster is at this moment, as plain data. */
  stats(): ClusterStats {
    const { meanLagMs, maxLagMs } = this.#lag.look();
    return {
      id: this.id,
      pid: process.pid,
      uptime: Math.round(process.uptime() * 1000),
      lag: { mean: meanLagMs, max: maxLagMs },
      memory: memoryOfProcess(),
      ...this.#endpoint.stats(),
    };
  }

  /** Resolves when the client is ready for the first time. */
  whenReady(): Promise<void> {
    return this.#whenReady;
  }

  /**
   * Resolves when this process has its cluster's place: at once, but for one that stands by in an overlapping restart
   * or reshard. Until then it gets no calls and events of other clusters, and the client's listeners are told nothing.
   */
  whenActive(): Promise<void> {
    return this.#handover.active;
  }

  /**
   * Has something done before this process ends because the manager says so: at a shutdown, a restart, a handover.
   *
   * No new calls come any more, the client is still logged in, and calls and events still leave. All hooks run at
   * once; the client is destroyed when all have settled. They have until the manager's `shutdownTimeout`.
   *
   * @returns What takes the hook back.
   */
  onShutdown(hook: ShutdownHook): () => void {
    return this.#hooks.add(hook);
  }

  /**
   * Has work done by exactly one cluster of the bot, once its client is ready: a schedule, statistics to be posted.
   *
   * Every cluster offers it; the manager chooses one, and another when that one is gone or is being replaced. `work`
   * is called in that cluster, and never in two at once: `signal` aborts when it has to stop, and the next one
   * begins when the promise that `work` has returned is settled, or when the process is gone. So what it starts has
   * to end by the signal, too. A cluster that is replaced waits for it as for calls in flight, for at most the
   * manager's `drainTimeout`.
   *
   * Work that has returned is done: it is not called again until another cluster becomes the one. The same for work
   * that fails, which is told as a warning here and in the manager's log. In a process that no manager started it
   * runs right here.
   *
   * @param name - The same in all clusters; at most 256 characters.
   * @throws Error when this cluster has work of that name already.
   */
  runSingleton(name: string, job: SingletonJob): JobHandle {
    return this.#jobs.add(name, job);
  }

  /**
   * The cluster that a guild lives on: the one with shard `(guild_id >> 22) % totalShards`.
   *
   * @throws RangeError when `guildId` is no snowflake.
   */
  clusterIdOf(guildId: string): number {
    return clusterIdOfGuild(guildId, this.totalShards, this.totalClusters);
  }

  #connect(): Endpoint {
    const { id, totalClusters, limits, untypedCodec: codec, link, exit } = this.#seat;
    return new Endpoint(
      { id, totalClusters, limits, untypedCodec: codec, link, owners: shardOwners(() => this.#seat) },
      {
        shutdown: () => void this.#shutdown(),
        identifyGrant: (text) => this.#identify.grant(text),
        handover: (text) => this.#takeHandover(text),
        jobOrder: (text) => this.#jobs.take(JSON.parse(text ?? '') as JobOrder),
        ping: () => this.#endpoint.control(Kind.pong, this.#pulse()),
        // The manager is gone, or we do not understand each other: a cluster without one must not live on.
        end: ({ by }) => {
          this.#jobs.abort();
          this.#lag.stop();
          if (by !== 'self') exit(ORPHANED);
        },
      },
    );
  }

  /** From the manager, which is believed. */
  #takeHandover(text: string | undefined): void {
    const step = JSON.parse(text ?? '') as HandoverStep;
    this.#endpoint.control(Kind.handoverDone, this.#handover.take(step));
  }

  /** Where there is no manager, nobody else can be the one. */
  #sendJobMessage(word: JobMessage): void {
    if (this.#seat.link !== undefined) this.#endpoint.control(Kind.job, word);
    else if (word.is === 'offered') void this.#whenReady.then(() => this.#jobs.take({ ...word, do: 'run' }));
  }

  #prepareClient(): void {
    const { shardList, totalShards } = this.#seat;
    prepareClient(this.client, {
      shardList,
      totalShards,
      buildIdentifyThrottler: (gateway) => this.#identify.buildThrottler(gateway),
    });
    watchLogin(this.client, (code, shardId) =>
      this.#endpoint.control(Kind.loginRejected, { code, shardId } satisfies LoginRejection),
    );
  }

  #guard(): void {
    guardProcess({
      leave: () => {
        // While it ends, it was meant for all processes: the manager says by itself when it has lost its patience.
        if (!this.#isEnding) this.#endpoint.control(Kind.replaceMe);
      },
      lastWords: (words) => this.#endpoint.control(Kind.crashReport, words),
      exiting: () => this.#endpoint.close(),
    });
  }

  #pulse(): Pong {
    const { servedCalls } = this.#endpoint.stats();
    return { ...this.#lag.take(), ...memoryOfProcess(), servedCalls, guilds: guildCountOf(this.client) };
  }

  #sayHello(): void {
    this.#endpoint.sayHello();
    this.#handover.onceReady(() => this.#endpoint.control(Kind.ready));
  }

  /** The manager asked: lets the bot finish and the client say goodbye to Discord, then exits. Asked again, at once. */
  async #shutdown(): Promise<void> {
    if (this.#isEnding) return this.#seat.exit(TERMINATED);
    this.#isEnding = true;
    this.#jobs.abort();
    await this.#hooks.run((error) => warn(`a shutdown hook failed: ${String(error)}`));
    const { destroy } = this.client as { destroy?: unknown };
    try {
      if (typeof destroy === 'function') await withinTime(Reflect.apply(destroy, this.client, []));
    } catch (error) {
      warn(`client.destroy() failed while shutting down: ${String(error)}`);
    }
    await this.#endpoint.flushed();
    this.#seat.exit(0);
  }
}

function warn(message: string): void {
  process.emitWarning(message, 'ShardwireWarning');
}

/** discord.js' `destroy()` may never settle while a shard waits for READY (seen with 14.28). */
const DESTROY_TIMEOUT_MS = 3000;

async function withinTime(work: unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, DESTROY_TIMEOUT_MS);
  });
  await Promise.race([work, tooLong]).finally(() => clearTimeout(timer));
}

/** Exit code of a cluster whose manager vanished; nobody is left to read it but the system's logs. */
const ORPHANED = 1;
/** What a shell makes of SIGTERM: 128 + 15. */
const TERMINATED = 143;
