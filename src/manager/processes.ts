/**
 * Fleet: the clusters of a bot, as processes.
 *
 * Joins each supervised cluster to what it needs of the manager: a place at the router, its turns to identify, a
 * heartbeat, a reaper. It knows no users: what happens is told to its listener. How one set of processes makes way
 * for another is `handover.ts`'s; here are the means.
 */
import { fatalSentence } from '../discord/fatal-login.js';
import type { LinkEnd } from '../link/link.js';
import type { HandoverDone, IdentifyRequest } from '../wire/control.js';
import { Kind } from '../wire/frame.js';
import { describeDeath } from '../supervisor/cluster-death.js';
import type { ClusterDeath } from '../supervisor/cluster-death.js';
import { infoOf } from './cluster-info.js';
import type { ClusterInfo } from './cluster-info.js';
import { ClusterHistory } from '../supervisor/history.js';
import { clusterPlans } from '../supervisor/plan.js';
import type { ClusterPlan } from '../supervisor/plan.js';
import type { ClusterProcess } from '../supervisor/process.js';
import type { ClusterWord } from '../router/control-messages.js';
import { Heartbeat } from '../supervisor/heartbeat.js';
import { IdentifyTurns } from './identify/turns.js';
import type { LoggedProcess } from '../log/lifecycle-log.js';
import type { LogEvent } from '../log/log-events.js';
import type { Peer } from '../router/peer.js';
import type { ManagerSettings } from './options.js';
import { Reaper } from '../supervisor/reaper.js';
import type { ProcessKey, Router } from '../router/router.js';
import { SupervisedCluster } from '../supervisor/supervised-cluster.js';
import type { SupervisionOptions, Supervisor } from '../supervisor/supervised-cluster.js';
import type { JobUpdate } from '../router/job-assignments.js';

/** What the manager wants to hear of. */
export interface FleetListener {
  created(cluster: ClusterInfo): void;
  ready(cluster: ClusterInfo): void;
  died(cluster: ClusterInfo, death: ClusterDeath): void;
  failed(cluster: SupervisedCluster, error: Error): void;
  log(process: LoggedProcess, event: LogEvent, reason: string): void;
}

/** How far a process that stands by has come, and what it says of a handover. */
export interface Watcher {
  /** It has asked to identify, or is ready without. */
  loaded?(): void;
  handoverDone?(done: HandoverDone): void;
  /** Its process is gone. */
  died?(error: Error): void;
}

export class Processes implements Supervisor {
  readonly #settings: ManagerSettings;
  readonly #router: Router;
  readonly #listener: FleetListener;
  readonly #turns: IdentifyTurns<SupervisedCluster>;
  readonly #heartbeat: Heartbeat<SupervisedCluster> | undefined;
  readonly #reaper = new Reaper();
  readonly #ledgers = new Map<number, ClusterHistory>();
  /** Every cluster that is not over, also those that stand by or are leaving; and its place at the router. */
  readonly #places = new Map<SupervisedCluster, Peer | number>();
  readonly #watchers = new Map<SupervisedCluster, Watcher>();
  #clusters: readonly SupervisedCluster[] = [];
  #totalShards = 0;
  #isEnding = false;

  constructor(settings: ManagerSettings, router: Router, listener: FleetListener) {
    this.#settings = settings;
    this.#router = router;
    this.#listener = listener;
    this.#turns = new IdentifyTurns(settings.identifyWindowMs, {
      all: () => this.#places.keys(),
      tell: (cluster, kind, body) => this.tell(cluster, kind, body),
      log: (cluster, event, reason) => this.log(cluster, event, reason),
    });
    if (settings.heartbeat !== undefined) {
      this.#heartbeat = new Heartbeat(settings.heartbeat, {
        ask: (cluster) => this.tell(cluster, Kind.ping),
        silent: (cluster, forMs) => {
          this.log(cluster, 'heartbeat-lost', `for ${Math.round(forMs)} ms`);
          cluster.noteFrozen(forMs);
        },
      });
    }
  }

  /** Those that are called, in id order. */
  get clusters(): readonly SupervisedCluster[] {
    return this.#clusters;
  }

  get totalShards(): number {
    return this.#totalShards;
  }

  get isEnding(): boolean {
    return this.#isEnding;
  }

  /** Decides who runs which shards. Nothing is started. */
  plan(totalShards: number, totalClusters: number): void {
    const plans = clusterPlans(totalShards, totalClusters);
    this.#totalShards = totalShards;
    this.#router.resize(totalClusters);
    this.#clusters = plans.map((plan) => this.#make(plan, plan.id));
  }

  /** A second cluster of an id, with a process that nobody calls yet. Nothing is started. */
  addSuccessor(id: number, options: SupervisionOptions): SupervisedCluster {
    const { plan } = this.#clusters[id] as SupervisedCluster;
    return this.#make(plan, this.#router.addSuccessor(id), { ...options, onTrial: true });
  }

  /** A second set of clusters. Nothing is started. */
  addSet(totalShards: number, totalClusters: number, options: SupervisionOptions): SupervisedCluster[] {
    const plans = clusterPlans(totalShards, totalClusters);
    const members = this.#router.addSet(totalClusters);
    return plans.map((plan) => this.#make(plan, members[plan.id] as Peer, { ...options, onTrial: true }));
  }

  /** From now on this one is called in place of the one of its id. One step. */
  promote(successor: SupervisedCluster): void {
    const before = this.#clusters[successor.id];
    this.#router.promote(this.#places.get(successor) as Peer);
    this.#clusters = this.#clusters.map((cluster) => (cluster === before ? successor : cluster));
    before?.retire();
    successor.makeLasting();
  }

  /** From now on these are the bot. One step. */
  promoteSet(successors: readonly SupervisedCluster[]): void {
    for (const before of this.#clusters) before.retire();
    this.#totalShards = successors[0]?.plan.totalShards ?? 0;
    this.#clusters = successors;
    this.#router.promoteSet(successors.map((successor) => this.#places.get(successor) as Peer));
    for (const successor of successors) successor.makeLasting();
  }

  /** What a handover wants to hear of a cluster. */
  watch(cluster: SupervisedCluster, watcher: Watcher): void {
    this.#watchers.set(cluster, watcher);
  }

  /** None of its shards may identify until they are released, in whichever of its processes. */
  holdIdentifies(cluster: SupervisedCluster): void {
    this.#turns.hold(cluster);
  }

  releaseIdentifies(cluster: SupervisedCluster): void {
    this.#turns.release(cluster);
  }

  infoOf(cluster: SupervisedCluster): ClusterInfo {
    const place = this.#placeOf(cluster);
    return infoOf(cluster, { inFlight: this.#router.inFlightTo(place), calls: this.#router.callsTo(place) });
  }

  /** Nothing may identify any more, and all processes finish. */
  async stop(): Promise<void> {
    this.#isEnding = true;
    this.#turns.close();
    await Promise.all([...this.#places.keys()].map((cluster) => cluster.stop()));
    this.#reaper.close();
  }

  /** Ends all processes without asking; the signals have been sent when this returns. */
  kill(): void {
    this.#isEnding = true;
    this.#turns.close();
    for (const cluster of this.#places.keys()) void cluster.kill();
  }

  /** No cluster has a process, and none will get one by itself. */
  get isOver(): boolean {
    return this.#clusters.every(({ state }) => state === 'failed' || state === 'down');
  }

  started(cluster: SupervisedCluster, process: ClusterProcess): void {
    this.#reaper.add(process.pid);
    this.#turns.started(cluster);
    const place = this.#router.attach(this.#placeOf(cluster), process.generation, process.link);
    this.#places.set(cluster, place);
    this.log(cluster, 'started', whyStarted(cluster));
    this.#listener.created(this.infoOf(cluster));
  }

  ready(cluster: SupervisedCluster): void {
    this.log(cluster, 'ready', `after ${Math.round(cluster.uptimeMs)} ms`);
    this.#listener.ready(this.infoOf(cluster));
  }

  closed(cluster: SupervisedCluster, next: 'starting' | 'stopped'): void {
    const why = next === 'starting' ? 'restart' : 'stop';
    this.log(cluster, 'draining', this.#isEnding ? 'shutdown' : cluster.isLasting ? why : 'handover');
    // Nobody calls one that is not lasting, but those that are leaving with it.
    if (cluster.isLasting) this.#router.drain(this.#placeOf(cluster), next);
  }

  isIdle(cluster: SupervisedCluster): boolean {
    // One that has no place any more was given its time in the handover.
    return !cluster.isLasting || this.hasNoCalls(cluster);
  }

  /** Whether no call to it or of it is on its way. */
  hasNoCalls(cluster: SupervisedCluster): boolean {
    const place = this.#places.get(cluster);
    // One that is gone has no place any more; another may have its id.
    return place === undefined || this.#router.isIdle(place);
  }

  died(cluster: SupervisedCluster, death: ClusterDeath, next: 'starting' | 'stopped'): void {
    this.#reaper.delete(death.pid);
    this.#turns.died(cluster);
    this.#heartbeat?.forget(cluster);
    this.#router.detach(this.#placeOf(cluster), next);
    this.log(cluster, death.reason === 'stopped' ? 'stopped' : 'died', describeDeath(death));
    const info = this.infoOf(cluster);
    this.#watchers
      .get(cluster)
      ?.died?.(new Error(`Cluster ${cluster.id} has died in the handover (${describeDeath(death)}).`));
    if (!this.#clusters.includes(cluster)) this.forget(cluster);
    this.#listener.died(info, death);
  }

  /** It stands in for nobody and has no process. */
  forget(cluster: SupervisedCluster): void {
    const place = this.#places.get(cluster);
    if (typeof place === 'object') this.#router.detach(place, 'stopped');
    this.#turns.forget(cluster);
    this.#places.delete(cluster);
    this.#watchers.delete(cluster);
  }

  failed(cluster: SupervisedCluster, error: Error): void {
    if (!this.#clusters.includes(cluster)) return;
    this.log(cluster, 'failed', error.message);
    this.#listener.failed(cluster, error);
  }

  tell(cluster: SupervisedCluster, kind: Kind, body?: object): void {
    this.#router.tell(this.#placeOf(cluster), kind, body);
  }

  noteHello(from: ProcessKey): void {
    const cluster = this.#find(from);
    if (cluster === undefined) return;
    this.#heartbeat?.watch(cluster);
    cluster.noteHello();
  }

  noteReady(from: ProcessKey): void {
    const cluster = this.#find(from);
    cluster?.noteReady();
    if (cluster !== undefined) this.#watchers.get(cluster)?.loaded?.();
  }

  noteLinkEnd(from: ProcessKey, how: LinkEnd): void {
    const cluster = this.#find(from);
    if (cluster === undefined) return;
    this.#heartbeat?.forget(cluster);
    const why = how.by === 'garbage' ? `it sent what is no frame (${how.reason})` : 'the pipe has ended';
    this.log(cluster, how.by === 'garbage' ? 'link-garbage' : 'link-ended', why);
    cluster.noteLinkLost(why);
  }

  noteWord(from: ProcessKey, word: ClusterWord): void {
    const cluster = this.#find(from);
    if (cluster === undefined) return;
    switch (word.is) {
      case 'lastWords':
        return cluster.noteLastWords(word.words);
      case 'fatal':
        return cluster.noteFatal(fatalSentence(word.login.code));
      case 'pulse':
        this.#heartbeat?.heard(cluster);
        return cluster.notePulse(word.pulse);
      case 'handoverDone':
        return this.#watchers.get(cluster)?.handoverDone?.(word.done);
      case 'leave':
        return this.#replace(cluster);
    }
  }

  noteIdentify(from: ProcessKey, request: IdentifyRequest): void {
    const cluster = this.#find(from);
    if (cluster !== undefined && this.#turns.request(cluster, request))
      this.#watchers.get(cluster)?.loaded?.();
  }

  noteIdentifyCancel(from: ProcessKey, request: IdentifyRequest): void {
    const cluster = this.#find(from);
    if (cluster !== undefined) this.#turns.cancel(cluster, request);
  }

  noteIdentified(from: ProcessKey, request: IdentifyRequest): void {
    const cluster = this.#find(from);
    if (cluster !== undefined) this.#turns.identified(cluster, request);
  }

  noteWork(from: ProcessKey, { name, is, detail }: JobUpdate): void {
    const cluster = this.#find(from);
    if (cluster !== undefined)
      this.log(cluster, `job-${is}`, detail === undefined ? name : `${name}: ${detail}`);
  }

  /** Somebody has sent its process SIGTERM. */
  #replace(cluster: SupervisedCluster): void {
    this.log(cluster, 'leave-asked', 'it got SIGTERM');
    if (cluster.isLasting) void cluster.restart();
    else void cluster.stop();
  }

  #make(plan: ClusterPlan, place: Peer | number, options?: SupervisionOptions): SupervisedCluster {
    const cluster = new SupervisedCluster(plan, this.#settings, this, this.#ledgerOf(plan.id), options);
    this.#places.set(cluster, place);
    return cluster;
  }

  #placeOf(cluster: SupervisedCluster): Peer | number {
    return this.#places.get(cluster) ?? cluster.id;
  }

  /** Whose process it is. Few enough to look through, and none of this is asked per call. */
  #find({ id, generation }: ProcessKey): SupervisedCluster | undefined {
    for (const cluster of this.#places.keys()) {
      if (cluster.id === id && cluster.generation === generation) return cluster;
    }
    return undefined;
  }

  #ledgerOf(id: number): ClusterHistory {
    const ledger = this.#ledgers.get(id) ?? new ClusterHistory();
    this.#ledgers.set(id, ledger);
    return ledger;
  }

  /** Of the process that a cluster has, or the last one it had. */
  log({ id, pid, generation, lastDeath }: SupervisedCluster, event: LogEvent, reason: string): void {
    this.#listener.log({ id, pid: pid ?? lastDeath?.pid, generation }, event, reason);
  }
}

function whyStarted({ isLasting, lastDeath }: SupervisedCluster): string {
  if (!isLasting) return 'handover';
  return lastDeath === undefined ? 'first start' : `after ${describeDeath(lastDeath)}`;
}
