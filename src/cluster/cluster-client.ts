/**
 * Cluster client: this process, as a part of the bot.
 *
 * Made once, before `client.login()`. Finds out from the environment which cluster this is, connects to the
 * manager, and gives the discord.js client its shards. In a process that no manager started everything works
 * as one cluster of one.
 */
import type { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import type { Client } from 'discord.js';
import { registerHost } from '../contract/hosts.js';
import { isClientReady, onceClientReady } from '../discord/client-readiness.js';
import { prepareClient } from '../discord/prepare-client.js';
import { clusterIdOfGuild } from '../discord/shard-math.js';
import { Endpoint } from '../ipc/endpoint.js';
import type { EventBusClient } from '../ipc/event-bus-client.js';
import { IPCHandler } from '../ipc/ipc-handler.js';
import { linkLimits, resolveLimits } from '../ipc/limits.js';
import { StreamLink } from '../link/stream-link.js';
import { checkNodeVersion } from '../node-version.js';
import { takeBoot } from '../wire/boot.js';
import type { Boot } from '../wire/boot.js';
import { Kind } from '../wire/frame.js';
import { IdentifyQueue } from './identify.js';

const ALONE: Omit<Boot, 'fd' | 'limits'> = {
  id: 0,
  generation: 0,
  shardList: [0],
  totalShards: 1,
  totalClusters: 1,
};

/** One pipe to the manager, so one client: a second one would be silently alone. */
let connected = false;

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
  readonly #boot: Omit<Boot, 'fd' | 'limits'>;
  readonly #endpoint: Endpoint;
  readonly #identify: IdentifyQueue;
  readonly #whenReady: Promise<void>;

  constructor(client: C) {
    checkNodeVersion();
    const boot = takeBoot(process.env);
    if (boot === undefined && connected) {
      throw new Error('This process has a ClusterClient already: share that one instead of making a second.');
    }
    this.client = client;
    this.#boot = boot ?? ALONE;
    this.#endpoint = this.#connect(boot);
    this.#identify = new IdentifyQueue((kind, request) => this.#endpoint.control(kind, request));
    this.ipc = new IPCHandler(this.#endpoint);
    this.events = this.#endpoint.events;
    registerHost(this, this.#endpoint);
    registerHost(client, this.#endpoint);
    if (boot !== undefined) this.#prepareClient(boot);
    this.#whenReady = new Promise((resolve) => onceClientReady(client, resolve));
    // One macrotask later all handlers that the file registers at once are there.
    setImmediate(() => this.#sayHello());
  }

  /** This cluster's id, from 0. */
  get id(): number {
    return this.#boot.id;
  }

  /** The shards of this cluster's client. */
  get shardList(): readonly number[] {
    return this.#boot.shardList;
  }

  /** All shards of the bot. */
  get totalShards(): number {
    return this.#boot.totalShards;
  }

  /** All clusters of the bot. */
  get totalClusters(): number {
    return this.#boot.totalClusters;
  }

  /** Whether this is cluster 0. */
  get isPrimary(): boolean {
    return this.id === 0;
  }

  /** Whether the client is ready; a client without `isReady` counts as ready. */
  get ready(): boolean {
    return isClientReady(this.client);
  }

  /** Resolves when the client is ready for the first time. */
  whenReady(): Promise<void> {
    return this.#whenReady;
  }

  /**
   * The cluster that a guild lives on: the one with shard `(guild_id >> 22) % totalShards`.
   *
   * @throws RangeError when `guildId` is no snowflake.
   */
  clusterIdOf(guildId: string): number {
    return clusterIdOfGuild(guildId, this.totalShards, this.totalClusters);
  }

  #connect(boot: Boot | undefined): Endpoint {
    const limits = boot?.limits ?? resolveLimits();
    const link =
      boot && new StreamLink(new Socket({ fd: boot.fd, readable: true, writable: true }), linkLimits(limits));
    if (link !== undefined) connected = true;
    return new Endpoint(
      {
        id: this.#boot.id,
        totalClusters: this.#boot.totalClusters,
        limits,
        link,
        ownerOf: (guildId) => this.clusterIdOf(guildId),
      },
      {
        shutdown: () => void this.#shutdown(),
        identifyGrant: (text) => this.#identify.grant(text),
        // The manager is gone, or we do not understand each other: a cluster without one must not live on.
        end: () => process.exit(ORPHANED),
      },
    );
  }

  #prepareClient({ shardList, totalShards }: Boot): void {
    prepareClient(this.client, {
      shardList,
      totalShards,
      buildIdentifyThrottler: (gateway) => this.#identify.buildThrottler(gateway),
    });
  }

  #sayHello(): void {
    this.#endpoint.sayHello();
    onceClientReady(this.client, () => this.#endpoint.control(Kind.ready));
  }

  /** The manager asked: lets the client say goodbye to Discord, then exits. */
  async #shutdown(): Promise<void> {
    const { destroy } = this.client as { destroy?: unknown };
    try {
      if (typeof destroy === 'function') await Reflect.apply(destroy, this.client, []);
    } catch (error) {
      process.emitWarning(
        `client.destroy() failed while shutting down: ${String(error)}`,
        'ShardwireWarning',
      );
    }
    await this.#endpoint.flushed();
    process.exit(0);
  }
}

/** Exit code of a cluster whose manager vanished; nobody is left to read it but the system's logs. */
const ORPHANED = 1;
