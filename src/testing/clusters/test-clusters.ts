/**
 * Test clusters: a whole bot in one process, over in-memory links, with faults on demand.
 *
 * Router, endpoints and cluster clients are the real ones; only processes and pipes are missing. So a test sees what a bot
 * does, without forks, ports or a token.
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

/** Options of `createTestClusters`. */
export interface TestClustersOptions<C extends EventEmitter> {
  /** Number of shards of the bot. Defaults to one per cluster. */
  readonly totalShards?: number | undefined;
  /** Creates the client of a cluster. Defaults to a bare `EventEmitter`, which counts as ready. */
  readonly client?: ((clusterId: number) => C) | undefined;
  /** Called for each cluster when it starts, and again when it is restarted. Register handlers here. */
  readonly setup?: ((cluster: ClusterClient<C>) => void) | undefined;
  /** Encoding of values in the untyped API, as the manager's option. Defaults to `'json'`. */
  readonly untypedCodec?: UntypedCodec | undefined;
  /** Limits of calls and queues, as the manager's option, with the same defaults. */
  readonly limits?: LimitOptions | undefined;
}

/** A fault, and the messages that it affects. */
export type InjectFaultOptions = Fault & {
  /** Sender of the messages: a cluster id, or -1 for the manager. */
  readonly from: number;
  /** Id of the receiving cluster. */
  readonly to: number;
  /** Kinds of messages that are affected. Defaults to all. */
  readonly frames?: readonly FrameClass[] | undefined;
};

/** An active fault. */
export interface InjectedFault {
  /** Number of messages that the fault has affected. */
  readonly hits: number;
  /** Ends the fault. A message that it held back is sent. */
  stop(): void;
}

/** The manager of test clusters, with the `ipc` and `events` of a `ClusterManager`. */
export interface TestManager {
  /** Registers handlers of the manager and calls handlers of clusters. */
  readonly ipc: IPCHandler;
  /** Sends events to clusters, and receives theirs. */
  readonly events: EventBusClient;
}

/** A busy cluster must not block a test forever. */
const MAX_TURNS = 100;

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

/** The clusters and the manager that `createTestClusters` starts. `bind` accepts both. */
export class TestClusters<C extends EventEmitter = EventEmitter> {
  /** The manager of these clusters. */
  readonly manager: TestManager;
  /** A closure, so that the options' client type does not restrict where `TestClusters` can be assigned. */
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
  /** Active faults by cluster id; they stay active when a cluster restarts. */
  readonly #faults: Set<ActiveFault>[] = [];
  readonly #generations: number[] = [];
  /** Emits a cluster's id when the cluster becomes ready or ends. */
  readonly #changes = new EventEmitter();

  /** Private: use `createTestClusters`, which also waits until the clusters are up. */
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
      onState: (id, state) => state === 'ready' && this.#changes.emit(String(id)),
      onLinkEnd: ({ id }) => this.#changes.emit(String(id)),
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

  /** The clusters in id order. A restarted cluster is a new object. */
  get clusters(): readonly ClusterClient<C>[] {
    return this.#clusters;
  }

  /** Returns a cluster by its id. @throws RangeError when there is none with this id. */
  cluster(id: number): ClusterClient<C> {
    const cluster = this.#clusters[id];
    if (cluster === undefined) throw new RangeError(`There is no test cluster ${id}`);
    return cluster;
  }

  /** Number of calls in flight between clusters. */
  get inFlight(): number {
    return this.#router.inFlightCount;
  }

  /** Ends a cluster as SIGKILL would: calls that it was handling are lost, and the manager only sees its connection end. */
  kill(id: number): void {
    this.cluster(id);
    this.#router.detach(id, 'starting');
    this.#changes.emit(String(id));
  }

  /** Ends a cluster permanently: calls to it are rejected immediately. */
  stop(id: number): void {
    this.cluster(id);
    this.#router.detach(id, 'stopped');
    this.#changes.emit(String(id));
  }

  /** Restarts a cluster as a new generation. Resolves with the new cluster when it is ready. */
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

  /** Ends all clusters and the manager. Calls in flight are rejected. */
  async shutdown(): Promise<void> {
    this.#router.close();
    this.#jobs.close();
    for (const id of this.#ranges.keys()) this.stop(id);
    this.#managerEndpoint.close();
    await this.#delivered();
  }

  /** Resolves when every running cluster with a ready client is ready, and all clusters know the current state. */
  async whenUp(): Promise<void> {
    let starting = this.#starting();
    while (starting.length > 0) {
      await Promise.all(starting.map(({ id }) => once(this.#changes, String(id))));
      starting = this.#starting();
    }
    await this.#delivered();
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

  /** Waits a few turns of the event loop until everything that the router has sent is read. */
  async #delivered(): Promise<void> {
    let turns = 0;
    do {
      await new Promise(setImmediate);
      await new Promise(setImmediate);
      turns += 1;
    } while (turns < MAX_TURNS && this.#links.some(({ ended, queuedBytes }) => !ended && queuedBytes > 0));
  }
}
