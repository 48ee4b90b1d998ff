/**
 * Fleet: the clusters of a bot, as processes.
 *
 * Joins each supervised cluster to what it needs of the manager: a place at the router, its turns to identify, a
 * heartbeat. It knows no users: what happens is told to its listener.
 */
import { fatalSentence } from '../discord/fatal-login.js';
import { refuseSessionStarts } from '../discord/session-starts.js';
import { shardRanges } from '../discord/shard-math.js';
import type { LinkEnd } from '../link/link.js';
import type { IdentifyRequest, MemberState } from '../wire/control.js';
import { Kind } from '../wire/frame.js';
import { describeDeath } from './cluster-death.js';
import type { ClusterDeath } from './cluster-death.js';
import { infoOf } from './cluster-info.js';
import type { ClusterInfo } from './cluster-info.js';
import type { ClusterProcess } from './cluster-process.js';
import { Heartbeat } from './heartbeat.js';
import { IdentifyScheduler } from './identify-scheduler.js';
import type { ManagerSettings } from './options.js';
import { Reaper } from './reaper.js';
import type { ClusterWord, Router } from './router.js';
import { emptyLedger, SupervisedCluster } from './supervised-cluster.js';
import type { ClusterLedger, Supervisor } from './supervised-cluster.js';

/** What the manager wants to hear of. */
export interface FleetListener {
  created(cluster: ClusterInfo): void;
  ready(cluster: ClusterInfo): void;
  died(cluster: ClusterInfo, death: ClusterDeath): void;
  failed(cluster: SupervisedCluster, error: Error): void;
  debug(message: string): void;
}

export class Fleet implements Supervisor {
  readonly #settings: ManagerSettings;
  readonly #router: Router;
  readonly #listener: FleetListener;
  readonly #identifies: IdentifyScheduler<SupervisedCluster>;
  readonly #heartbeat: Heartbeat<SupervisedCluster> | undefined;
  readonly #reaper = new Reaper();
  readonly #ledgers = new Map<number, ClusterLedger>();
  /** The shards of a starting process that were allowed to identify. */
  readonly #granted = new Map<SupervisedCluster, Set<number>>();
  #clusters: readonly SupervisedCluster[] = [];
  #totalShards = 0;

  constructor(settings: ManagerSettings, router: Router, listener: FleetListener) {
    this.#settings = settings;
    this.#router = router;
    this.#listener = listener;
    this.#identifies = new IdentifyScheduler(settings.identifyWindowMs, (cluster, request) =>
      this.#grant(cluster, request),
    );
    if (settings.heartbeat !== undefined) {
      this.#heartbeat = new Heartbeat(settings.heartbeat, {
        ask: (cluster) => this.tell(cluster, Kind.ping),
        silent: (cluster, forMs) => cluster.noteFrozen(forMs),
      });
    }
  }

  get clusters(): readonly SupervisedCluster[] {
    return this.#clusters;
  }

  get totalShards(): number {
    return this.#totalShards;
  }

  /** Decides who runs which shards. Nothing is started. */
  plan(totalShards: number, totalClusters: number): void {
    const ranges = shardRanges(totalShards, totalClusters);
    this.#totalShards = totalShards;
    this.#router.resize(totalClusters);
    this.#clusters = ranges.map((shardList, id) => {
      const plan = { id, shardList, totalShards, totalClusters };
      return new SupervisedCluster(plan, this.#settings, this, this.#ledgerOf(id));
    });
  }

  infoOf(cluster: SupervisedCluster): ClusterInfo {
    return infoOf(cluster, this.#router.inFlightTo(cluster.id));
  }

  /** Nothing may identify any more, and all processes finish. */
  async stop(): Promise<void> {
    this.#identifies.close();
    await Promise.all(this.#clusters.map((cluster) => cluster.stop()));
    this.#reaper.close();
  }

  /** Ends all processes without asking; the signals have been sent when this returns. */
  kill(): void {
    this.#identifies.close();
    for (const cluster of this.#clusters) void cluster.kill();
  }

  /** No cluster has a process, and none will get one by itself. */
  get isOver(): boolean {
    return this.#clusters.every(({ state }) => state === 'failed' || state === 'down');
  }

  started(cluster: SupervisedCluster, process: ClusterProcess): void {
    this.#reaper.add(process.pid);
    this.#granted.set(cluster, new Set());
    this.#router.attach(cluster.id, process.generation, process.link);
    this.#debug(cluster, `started, pid ${process.pid ?? 'none'}, generation ${process.generation}`);
    this.#listener.created(this.infoOf(cluster));
  }

  ready(cluster: SupervisedCluster): void {
    this.#debug(cluster, `ready, pid ${cluster.pid ?? 'none'}, generation ${cluster.generation}`);
    this.#listener.ready(this.infoOf(cluster));
  }

  closed(cluster: SupervisedCluster, next: 'starting' | 'stopped'): void {
    this.#router.drain(cluster.id, next);
  }

  isIdle(cluster: SupervisedCluster): boolean {
    return this.#router.isIdle(cluster.id);
  }

  died(cluster: SupervisedCluster, death: ClusterDeath, next: 'starting' | 'stopped'): void {
    this.#reaper.delete(death.pid);
    this.#identifies.dropCluster(cluster);
    this.#heartbeat?.forget(cluster);
    this.#granted.delete(cluster);
    this.#router.detach(cluster.id, next);
    const after = next === 'starting' ? 'will be started again' : 'stays down';
    this.#debug(
      cluster,
      `pid ${death.pid ?? 'none'}, generation ${death.generation} ended: ${describeDeath(death)}; ${after}`,
    );
    this.#listener.died(this.infoOf(cluster), death);
  }

  failed(cluster: SupervisedCluster, error: Error): void {
    this.#listener.failed(cluster, error);
  }

  tell(cluster: SupervisedCluster, kind: Kind): void {
    this.#router.tell(cluster.id, kind);
  }

  /** The router says how far a cluster has come. */
  noteState(id: number, state: MemberState): void {
    const cluster = this.#clusters[id];
    if (cluster === undefined) return;
    if (state === 'up') {
      this.#heartbeat?.watch(cluster);
      cluster.noteHello();
    } else if (state === 'ready') cluster.noteReady();
  }

  noteLinkEnd(id: number, how: LinkEnd): void {
    const cluster = this.#clusters[id];
    if (cluster === undefined) return;
    this.#heartbeat?.forget(cluster);
    const why = how.by === 'garbage' ? `it sent what is no frame (${how.reason})` : 'the pipe has ended';
    if (how.by === 'garbage') this.#debug(cluster, why);
    cluster.noteLinkLost(why);
  }

  noteWord(id: number, word: ClusterWord): void {
    const cluster = this.#clusters[id];
    if (cluster === undefined) return;
    switch (word.is) {
      case 'lastWords':
        return cluster.noteLastWords(word.words);
      case 'fatal':
        return cluster.noteFatal(fatalSentence(word.login.code));
      case 'pulse':
        this.#heartbeat?.heard(cluster);
        return cluster.notePulse(word.pulse);
      case 'leave':
        this.#debug(cluster, 'got SIGTERM, so it is replaced');
        void cluster.restart();
    }
  }

  noteIdentify(id: number, request: IdentifyRequest): void {
    const cluster = this.#clusters[id];
    if (cluster === undefined) return;
    const refusal = this.#refusalOf(cluster, request);
    if (refusal !== undefined && !cluster.wasEverReady) {
      this.#refuseStart(refusal);
      return;
    }
    if (refusal !== undefined) this.#waitForSessionStarts(cluster, refusal, request.resetAfterMs ?? 0);
    cluster.pauseReadyTimer();
    this.#identifies.request(cluster, request);
  }

  /** A bot that cannot come up as a whole does not come up in part: that would use up the starts that are left. */
  #refuseStart(refusal: string): void {
    for (const each of this.#clusters.filter(isStarting)) if (!each.wasEverReady) each.noteFatal(refusal);
  }

  /** A cluster that comes back waits for its turn, as for any identify: nothing is gained by giving it up. */
  #waitForSessionStarts(cluster: SupervisedCluster, refusal: string, resetAfterMs: number): void {
    this.#debug(cluster, `waits before it identifies: ${refusal}`);
    this.#identifies.hold(cluster);
    setTimeout(() => this.#identifies.release(cluster), resetAfterMs).unref();
  }

  noteIdentifyCancel(id: number, request: IdentifyRequest): void {
    const cluster = this.#clusters[id];
    if (cluster === undefined) return;
    this.#identifies.cancel(cluster, request);
    if (!this.#identifies.isWaiting(cluster)) cluster.resumeReadyTimer();
  }

  noteIdentified(id: number, request: IdentifyRequest): void {
    const cluster = this.#clusters[id];
    if (cluster !== undefined) this.#identifies.identified(cluster, request);
  }

  #grant(cluster: SupervisedCluster, request: IdentifyRequest): void {
    const { shardId, maxConcurrency } = request;
    this.#debug(cluster, `shard ${shardId} may identify`);
    this.#granted.get(cluster)?.add(shardId);
    this.#router.tell(cluster.id, Kind.identifyGrant, { shardId, maxConcurrency });
    if (!this.#identifies.isWaiting(cluster)) cluster.resumeReadyTimer();
  }

  /**
   * What Discord has told a client that is starting is fresh, and what it was told is what is left for all shards
   * that start with it and have not identified. One that reconnects later was told long ago: nothing is asked of it.
   */
  #refusalOf(cluster: SupervisedCluster, { remaining, resetAfterMs }: IdentifyRequest): string | undefined {
    if (cluster.state !== 'connected' || remaining === undefined || resetAfterMs === undefined)
      return undefined;
    const needed = this.#clusters
      .filter(isStarting)
      .reduce((sum, each) => sum + each.plan.shardList.length - (this.#granted.get(each)?.size ?? 0), 0);
    return refuseSessionStarts({ needed, remaining, resetAfterMs });
  }

  #ledgerOf(id: number): ClusterLedger {
    const ledger = this.#ledgers.get(id) ?? emptyLedger();
    this.#ledgers.set(id, ledger);
    return ledger;
  }

  #debug(cluster: SupervisedCluster, message: string): void {
    this.#listener.debug(`cluster ${cluster.id}: ${message}`);
  }
}

function isStarting({ state }: SupervisedCluster): boolean {
  return state === 'starting' || state === 'connected';
}
