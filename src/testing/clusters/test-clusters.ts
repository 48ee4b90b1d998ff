/**
 * Test clusters: a whole bot in one process, over in-memory links, with faults on demand.
 *
 * The router, the endpoints and the cluster clients are the real ones; only the processes and the pipes are
 * not there. So what a test sees here is what a bot does, without forks, ports or a token.
 */
import type { UntypedCodec } from '../../wire/boot.js';
import { EventEmitter, once } from 'node:events';
import { ClusterClient } from '../../cluster/cluster-client.js';
import type { ClusterContext } from '../../cluster/context.js';
import { registerContractHost } from '../../contract/contract-hosts.js';
import { shardOwners, shardRanges } from '../../discord/shard-math.js';
import { Endpoint } from '../../ipc/endpoint.js';
import type { EventBusClient } from '../../ipc/events/event-bus-client.js';
import { IPCHandler } from '../../ipc/ipc-handler.js';
import { linkLimits, resolveLimits } from '../../limits.js';
import type { LimitOptions, Limits } from '../../limits.js';
import { MemoryLink } from '../../link/memory-link.js';
import { JobDispatcher } from '../../manager/jobs/dispatcher.js';
import { Router } from '../../router/router.js';
import { MANAGER_ID } from '../../wire/address.js';
import { FaultyLink } from './faulty-link.js';
import type { ActiveFault, Fault, FrameClass } from './faulty-link.js';

export interface TestClustersOptions<C extends EventEmitter> {
  /** All shards of the bot. Defaults to one per cluster. */
  readonly totalShards?: number | undefined;
  /** Makes the client of a cluster. Defaults to a bare `EventEmitter`, which counts as ready. */
  readonly client?: ((clusterId: number) => C) | undefined;
  /** Called for each cluster as it starts, and again when it is restarted: the place for handlers. */
  readonly setup?: ((cluster: ClusterClient<C>) => void) | undefined;
  /** How values of the untyped API travel; see the manager's option. Defaults to `'json'`. */
  readonly untypedCodec?: UntypedCodec | undefined;
  readonly limits?: LimitOptions | undefined;
}

/** Which frames to disturb, and how. */
export type InjectFaultOptions = Fault & {
  /** Whose frames: a cluster's id, or -1 for the manager. */
  readonly from: number;
  /** On their way to which cluster. */
  readonly to: number;
  /** Defaults to all of them. */
  readonly frames?: readonly FrameClass[] | undefined;
};

/** A fault at work. */
export interface InjectedFault {
  /** How many frames it has caught. */
  readonly hits: number;
  /** Ends it. A frame that it held back is sent. */
  stop(): void;
}

/** The manager's side of a test bot: the same two faces as a `ClusterManager`'s. */
export interface TestManager {
  readonly ipc: IPCHandler;
  readonly events: EventBusClient;
}

/** A cluster that is busy with something else must not hold a test up for ever. */
const MOST_TURNS = 100;

const ALL_FRAMES: readonly FrameClass[] = ['request', 'answer', 'event', 'ack', 'cancel'];

/**
 * Starts `count` clusters and a manager in this process.
 *
 * @example
 * const bot = await createTestClusters(3, { setup: (cluster) => cluster.ipc.handle('id', () => cluster.id) });
 * await bot.manager.ipc.requestAll('id');
 * bot.kill(1);
 * await bot.shutdown();
 */
export async function createTestClusters<C extends EventEmitter = EventEmitter>(
  count: number,
  options: TestClustersOptions<C> = {},
): Promise<TestClusters<C>> {
  const clusters = TestClusters.create<C>(count, options);
  await clusters.whenUp();
  return clusters;
}

/** What `createTestClusters` gives. `bind` takes its clusters and its manager. */
export class TestClusters<C extends EventEmitter = EventEmitter> {
  readonly manager: TestManager;
  /** Kept so that bots with special clients still are `TestClusters`. */
  readonly #makeCluster: (id: number, context: ClusterContext) => ClusterClient<C>;
  readonly #ranges: readonly (readonly number[])[];
  readonly #totalShards: number;
  readonly #limits: Limits;
  readonly #untypedCodec: UntypedCodec;
  readonly #router: Router;
  readonly #jobs: JobDispatcher;
  readonly #managerEndpoint: Endpoint;
  readonly #clusters: ClusterClient<C>[] = [];
  readonly #links: FaultyLink[] = [];
  /** By cluster: they outlive its processes. */
  readonly #faults: Set<ActiveFault>[] = [];
  readonly #generations: number[] = [];
  /** Told when a cluster has become ready, or will not any more. */
  readonly #news = new EventEmitter();

  /** Private: `createTestClusters` makes them, and waits until they are up. */
  private constructor(count: number, options: TestClustersOptions<C>) {
    this.#makeCluster = (id, context) => {
      const client = options.client?.(id) ?? (new EventEmitter() as C);
      const cluster = new ClusterClient<C>(client, context);
      options.setup?.(cluster);
      return cluster;
    };
    this.#totalShards = options.totalShards ?? count;
    this.#ranges = shardRanges(this.#totalShards, count);
    this.#limits = resolveLimits(options.limits);
    this.#untypedCodec = options.untypedCodec ?? 'json';
    this.#router = new Router(this.#limits, {
      onState: (id, state) => state === 'ready' && this.#news.emit(String(id)),
      onLinkEnd: ({ id }) => this.#news.emit(String(id)),
    });
    this.#jobs = new JobDispatcher(this.#router);
    this.#router.resize(count);
    this.#managerEndpoint = this.#startManager();
    this.manager = { ipc: IPCHandler.create(this.#managerEndpoint), events: this.#managerEndpoint.events };
    registerContractHost(this.manager, this.#managerEndpoint);
    for (const id of this.#ranges.keys()) this.#start(id);
  }

  /** @internal */
  static create<C extends EventEmitter>(count: number, options: TestClustersOptions<C>): TestClusters<C> {
    return new TestClusters<C>(count, options);
  }

  /** The clusters, in id order; a restarted one is a new object. */
  get clusters(): readonly ClusterClient<C>[] {
    return this.#clusters;
  }

  /** One cluster. @throws RangeError when there is none of that id. */
  cluster(id: number): ClusterClient<C> {
    const cluster = this.#clusters[id];
    if (cluster === undefined) throw new RangeError(`There is no test cluster ${id}`);
    return cluster;
  }

  /** Calls the manager has on their way; 0 when nothing waits. */
  get inFlight(): number {
    return this.#router.inFlightCount;
  }

  /** Ends a cluster as SIGKILL would: what it worked on is lost, nobody is told but by the end of its link. */
  kill(id: number): void {
    this.cluster(id);
    this.#router.detach(id, 'starting');
    this.#news.emit(String(id));
  }

  /** Ends a cluster for good: calls to it are refused at once. */
  stop(id: number): void {
    this.cluster(id);
    this.#router.detach(id, 'stopped');
    this.#news.emit(String(id));
  }

  /** Starts a cluster again, as a new generation. Resolves when it is ready. */
  async restart(id: number): Promise<ClusterClient<C>> {
    this.kill(id);
    const cluster = this.#start(id);
    await this.whenUp();
    return cluster;
  }

  /** Lets frames between two processes be lost, late, doubled or out of order, until it is stopped. */
  injectFault(options: InjectFaultOptions): InjectedFault {
    const link = this.#links[options.to];
    if (link === undefined) throw new RangeError(`There is no test cluster ${options.to}`);
    const frames = new Set(options.frames ?? ALL_FRAMES);
    const active: ActiveFault = { from: options.from, frames, fault: options, hits: 0, held: undefined };
    link.add(active);
    return {
      get hits() {
        return active.hits;
      },
      stop: () => link.remove(active),
    };
  }

  /** Ends everything: every call that still waits is refused. */
  async shutdown(): Promise<void> {
    this.#router.close();
    this.#jobs.close();
    for (const id of this.#ranges.keys()) this.stop(id);
    this.#managerEndpoint.close();
    await this.#everyoneKnows();
  }

  /** Resolves when every running cluster whose client is ready has said so, and everyone knows what is new. */
  async whenUp(): Promise<void> {
    let starting = this.#starting();
    while (starting.length > 0) {
      await Promise.all(starting.map(({ id }) => once(this.#news, String(id))));
      starting = this.#starting();
    }
    await this.#everyoneKnows();
  }

  #starting(): readonly ClusterClient<C>[] {
    return this.#clusters.filter(
      ({ id, ready }) => ready && this.#router.stateOf(id) !== 'ready' && this.#links[id]?.ended === false,
    );
  }

  #startManager(): Endpoint {
    const [inner, outer] = MemoryLink.pair(linkLimits(this.#limits));
    this.#router.attachManager(outer);
    const totalClusters = this.#ranges.length;
    const owners = shardOwners(() => ({ totalShards: this.#totalShards, totalClusters }));
    const endpoint = new Endpoint({
      id: MANAGER_ID,
      totalClusters,
      limits: this.#limits,
      untypedCodec: this.#untypedCodec,
      link: inner,
      owners,
    });
    endpoint.sayHello();
    return endpoint;
  }

  #start(id: number): ClusterClient<C> {
    const [inner, outer] = MemoryLink.pair(linkLimits(this.#limits));
    const link = new FaultyLink(outer, (this.#faults[id] ??= new Set()));
    const generation = (this.#generations[id] ?? 0) + 1;
    this.#generations[id] = generation;
    this.#links[id] = link;
    this.#router.attach(id, generation, link);
    const cluster = this.#makeCluster(id, {
      id,
      shardList: this.#ranges[id] ?? [],
      totalShards: this.#totalShards,
      totalClusters: this.#ranges.length,
      limits: this.#limits,
      untypedCodec: this.#untypedCodec,
      link: inner,
      exit: () => inner.close(),
    });
    this.#clusters[id] = cluster;
    return cluster;
  }

  /** What the router has sent is read, in a few turns of the event loop. */
  async #everyoneKnows(): Promise<void> {
    let turns = 0;
    do {
      await new Promise(setImmediate);
      await new Promise(setImmediate);
      turns += 1;
    } while (turns < MOST_TURNS && this.#links.some(({ ended, queuedBytes }) => !ended && queuedBytes > 0));
  }
}
