/**
 * Memory bot: router, manager and clusters of one bot in one process, over memory links.
 *
 * Everything but processes and pipes is real. Clusters can be killed, started again, and be up without being ready.
 */
import { shardOwners } from '../../src/discord/shard-math.js';
import { Endpoint } from '../../src/ipc/endpoint.js';
import type { EventBusClient } from '../../src/ipc/events/event-bus-client.js';
import { IPCHandler } from '../../src/ipc/ipc-handler.js';
import { linkLimits, resolveLimits } from '../../src/limits.js';
import type { LimitOptions, Limits } from '../../src/limits.js';
import type { Link } from '../../src/link/link.js';
import { MemoryLink } from '../../src/link/memory-link.js';
import type { PeerRef } from '../../src/router/peer.js';
import { Router } from '../../src/router/router.js';
import { MANAGER_ID } from '../../src/wire/address.js';
import { turn, turnUntil } from './turns.js';

/** One process of the bot, with the API that users see. */
export interface MemoryProcess {
  readonly id: number;
  readonly isPrimary: boolean;
  readonly totalClusters: number;
  readonly endpoint: Endpoint;
  readonly ipc: IPCHandler;
  readonly events: EventBusClient;
  readonly link: Link;
}

export interface MemoryBotOptions {
  readonly limits?: LimitOptions | undefined;
  /** Called for each cluster before it sends its hello, for example to register handlers. */
  readonly setup?: ((cluster: MemoryProcess) => void) | undefined;
}

/** Resolves when every cluster is ready. */
export async function startMemoryBot(
  totalClusters: number,
  options: MemoryBotOptions = {},
): Promise<MemoryBot> {
  const bot = new MemoryBot(totalClusters, options);
  for (let id = 0; id < totalClusters; id += 1) bot.spawn(id);
  await bot.idle();
  return bot;
}

export class MemoryBot {
  readonly router: Router;
  readonly manager: MemoryProcess;
  readonly dropped: [clusterId: number, event: string][] = [];
  readonly #limits: Limits;
  readonly #setup: (cluster: MemoryProcess) => void;
  readonly #clusters: MemoryProcess[] = [];
  readonly #replaced: MemoryProcess[] = [];
  readonly #generations: number[] = [];
  readonly #totalClusters: number;
  readonly #links: Link[] = [];

  constructor(totalClusters: number, { limits, setup }: MemoryBotOptions) {
    this.#totalClusters = totalClusters;
    this.#limits = resolveLimits(limits);
    this.#setup = setup ?? (() => {});
    this.router = new Router(this.#limits, {
      onEventDropped: (id, event) => void this.dropped.push([id, event]),
    });
    this.router.resize(totalClusters);
    const [inner, outer] = MemoryLink.pair(linkLimits(this.#limits));
    this.router.attachManager(outer);
    this.manager = this.#makeProcess(MANAGER_ID, inner);
    this.manager.endpoint.sayHello();
    this.#links.push(inner, outer);
  }

  cluster(id: number): MemoryProcess {
    const cluster = this.#clusters[id];
    if (cluster === undefined) throw new RangeError(`No cluster ${id} was started`);
    return cluster;
  }

  get clusters(): readonly MemoryProcess[] {
    return this.#clusters;
  }

  /** Starts a process for a cluster, which is up at once, and ready unless `reach` is `'up'`. */
  spawn(id: number, reach: 'up' | 'ready' = 'ready'): MemoryProcess {
    return this.#start(id, id, reach);
  }

  /** Replaces the process of a cluster by a second one. The first finishes its calls, and ends in `stop`. */
  async handover(id: number, reach: 'up' | 'ready' = 'ready'): Promise<MemoryProcess> {
    const standby = this.router.addStandby(id);
    this.#replaced.push(this.cluster(id));
    const replacement = this.#start(id, standby, reach);
    await turnUntil(() => standby.state === reach, `cluster ${id} being ${reach}`);
    this.router.promote(standby);
    return replacement;
  }

  #start(id: number, ref: PeerRef, reach: 'up' | 'ready'): MemoryProcess {
    const [inner, outer] = MemoryLink.pair(linkLimits(this.#limits));
    this.#generations[id] = (this.#generations[id] ?? 0) + 1;
    this.router.attach(ref, this.#generations[id], outer);
    const cluster = this.#makeProcess(id, inner);
    this.#clusters[id] = cluster;
    this.#links.push(inner, outer);
    this.#setup(cluster);
    cluster.endpoint.sayHello();
    if (reach === 'ready') this.makeReady(id);
    return cluster;
  }

  makeReady(id: number): void {
    this.cluster(id).endpoint.send({ kind: 'ready' });
  }

  /** Ends the process of a cluster, with frames that it sent before still in the pipe. */
  async kill(id: number, next: 'starting' | 'stopped' = 'starting'): Promise<void> {
    const { link } = this.cluster(id);
    link.close();
    await turnUntil(() => this.router.stateOf(id) === 'starting', `the end of cluster ${id}`);
    this.router.detach(id, next);
  }

  /** Waits until nothing moves on any link. */
  async idle(): Promise<void> {
    for (let quiet = 0; quiet < 4; quiet += 1) {
      await turn();
      if (this.#links.some((link) => !link.ended && link.queuedBytes > 0)) quiet = -1;
    }
  }

  /** Closes all endpoints, so that no wait outlives its test. */
  stop(): void {
    for (const { endpoint } of [this.manager, ...this.#clusters, ...this.#replaced]) endpoint.close();
  }

  #makeProcess(id: number, link: Link): MemoryProcess {
    const totalClusters = this.#totalClusters;
    const owners = shardOwners(() => ({ totalShards: totalClusters, totalClusters }));
    const endpoint = new Endpoint({ id, totalClusters, limits: this.#limits, link, owners });
    const { events } = endpoint;
    return {
      id,
      isPrimary: id === 0,
      totalClusters,
      endpoint,
      ipc: IPCHandler.create(endpoint),
      events,
      link,
    };
  }
}
