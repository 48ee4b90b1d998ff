/**
 * Processes: the clusters of one bot, as processes.
 *
 * Joins each supervised cluster to what it needs of the manager: a peer at the router, turns to identify, jobs, a
 * heartbeat, a reaper. It knows no users; its listener hears of what concerns them. In which steps one set of processes
 * replaces another is decided in `rollout/`; the means are here.
 */
import { fatalSentence } from '../discord/fatal-login.js';
import type { LinkEnd } from '../link/link.js';
import type { MessageToCluster } from '../wire/control/to-cluster.js';
import type { ClusterMessage, HandoverDone } from '../wire/control/to-manager.js';
import { describeDeath } from '../supervisor/cluster-death.js';
import type { ClusterDeath } from '../supervisor/cluster-death.js';
import { infoOf } from './cluster-info.js';
import type { ClusterInfo } from './cluster-info.js';
import { ClusterHistory } from '../supervisor/history.js';
import { clusterPlans } from '../supervisor/plan.js';
import type { ClusterPlan } from '../supervisor/plan.js';
import { ForkLauncher } from '../supervisor/fork-launcher.js';
import type { ClusterProcess, Launcher } from '../supervisor/launcher.js';
import { Heartbeat } from '../supervisor/heartbeat.js';
import { IdentifyTurns } from './identify/turns.js';
import type { LoggedProcess } from '../log/lifecycle-log.js';
import type { LogEvent } from '../log/log-events.js';
import type { Peer } from '../router/peer.js';
import type { ManagerSettings } from './options.js';
import { Reaper } from '../supervisor/reaper.js';
import type { RouterListener } from '../router/router-listener.js';
import type { Router } from '../router/router.js';
import { SupervisedCluster } from '../supervisor/supervised-cluster.js';
import type { NextProcess, SupervisionOptions, Supervisor } from '../supervisor/supervisor.js';
import type { JobUpdate } from './jobs/assignments.js';
import { JobDispatcher } from './jobs/dispatcher.js';

/** What concerns the users of the bot. */
export interface ProcessesListener {
  onStarted(cluster: ClusterInfo): void;
  onReady(cluster: ClusterInfo): void;
  onDied(cluster: ClusterInfo, death: ClusterDeath): void;
  onFailed(cluster: SupervisedCluster, error: Error): void;
  log(process: LoggedProcess, event: LogEvent, reason: string): void;
}

/** Receives how a cluster fares in a handover. */
export interface Watcher {
  /** The bot file is loaded: a shard has asked to identify, or the client is ready without. */
  onLoaded?(): void;
  onHandoverDone?(done: HandoverDone): void;
  /** The process is gone. */
  onDied?(error: Error): void;
}

export class Processes implements Supervisor<SupervisedCluster>, RouterListener {
  readonly #settings: ManagerSettings;
  readonly #router: Router;
  readonly #listener: ProcessesListener;
  readonly #turns: IdentifyTurns<SupervisedCluster>;
  readonly #heartbeat: Heartbeat<SupervisedCluster> | undefined;
  readonly #launcher: Launcher;
  readonly #reaper = new Reaper();
  readonly #jobs: JobDispatcher;
  readonly #histories = new Map<number, ClusterHistory>();
  /** The peer of every cluster that is not over, standbys and those that are leaving included. */
  readonly #peers = new Map<SupervisedCluster, Peer>();
  readonly #clusterOf = new Map<Peer, SupervisedCluster>();
  readonly #watchers = new Map<SupervisedCluster, Watcher>();
  #clusters: readonly SupervisedCluster[] = [];
  #totalShards = 0;
  #isEnding = false;

  constructor(settings: ManagerSettings, router: Router, listener: ProcessesListener) {
    this.#settings = settings;
    this.#router = router;
    this.#listener = listener;
    this.#launcher = new ForkLauncher(settings);
    this.#turns = new IdentifyTurns(settings.identifyWindowMs, {
      all: () => this.#peers.keys(),
      send: (cluster, message) => this.send(cluster, message),
      log: (cluster, event, reason) => this.log(cluster, event, reason),
    });
    this.#jobs = new JobDispatcher(router, (peer, update) => this.#logJob(peer, update));
    router.listen(this);
    if (settings.heartbeat !== undefined) {
      this.#heartbeat = new Heartbeat(settings.heartbeat, {
        ping: (cluster) => this.send(cluster, { kind: 'ping' }),
        onSilent: (cluster, forMs) => {
          this.log(cluster, 'heartbeat-lost', `for ${Math.round(forMs)} ms`);
          cluster.onFrozen(forMs);
        },
      });
    }
  }

  /** The active clusters, in id order. */
  get clusters(): readonly SupervisedCluster[] {
    return this.#clusters;
  }

  get totalShards(): number {
    return this.#totalShards;
  }

  /** Decides which cluster runs which shards. Starts nothing. */
  plan(totalShards: number, totalClusters: number): void {
    const plans = clusterPlans(totalShards, totalClusters);
    this.#totalShards = totalShards;
    const peers = this.#router.resize(totalClusters);
    this.#clusters = plans.map((plan) => this.#make(plan, peers[plan.id] as Peer));
  }

  /** Adds a second cluster of an id, which is not called until it is promoted. Starts nothing. */
  addReplacement(id: number, options: SupervisionOptions): SupervisedCluster {
    const { plan } = this.#clusters[id] as SupervisedCluster;
    return this.#make(plan, this.#router.addStandby(id), { ...options, isCandidate: true });
  }

  /** Adds a second set of clusters. Starts nothing. */
  addSet(totalShards: number, totalClusters: number, options: SupervisionOptions): SupervisedCluster[] {
    const plans = clusterPlans(totalShards, totalClusters);
    const peers = this.#router.addSet(totalClusters);
    return plans.map((plan) => this.#make(plan, peers[plan.id] as Peer, { ...options, isCandidate: true }));
  }

  /** Makes this cluster the active one of its id, in one step. */
  promote(replacement: SupervisedCluster): void {
    const before = this.#clusters[replacement.id];
    this.#router.promote(this.#peers.get(replacement) as Peer);
    this.#clusters = this.#clusters.map((cluster) => (cluster === before ? replacement : cluster));
    before?.retire();
    replacement.promote();
  }

  /** Makes these clusters the bot, in one step. */
  promoteSet(replacements: readonly SupervisedCluster[]): void {
    for (const before of this.#clusters) before.retire();
    this.#totalShards = replacements[0]?.plan.totalShards ?? 0;
    this.#clusters = replacements;
    this.#router.promoteSet(replacements.map((replacement) => this.#peers.get(replacement) as Peer));
    for (const replacement of replacements) replacement.promote();
  }

  /** Sets who hears how a cluster fares in a handover. */
  watch(cluster: SupervisedCluster, watcher: Watcher): void {
    this.#watchers.set(cluster, watcher);
  }

  /** Lets no shard of the cluster identify until `releaseIdentifies`, in whichever of its processes. */
  holdIdentifies(cluster: SupervisedCluster): void {
    this.#turns.hold(cluster);
  }

  /** Lets the shards of the cluster identify in their turn. */
  releaseIdentifies(cluster: SupervisedCluster): void {
    this.#turns.release(cluster);
  }

  infoOf(cluster: SupervisedCluster): ClusterInfo {
    const peer = this.#peers.get(cluster);
    return infoOf(cluster, { inFlight: peer?.inFlight ?? 0, calls: peer?.calls ?? 0 });
  }

  /** Ends all processes. No shard may identify any more, and no job is assigned. */
  async stop(): Promise<void> {
    this.#isEnding = true;
    this.#turns.close();
    this.#jobs.close();
    await Promise.all([...this.#peers.keys()].map((cluster) => cluster.stop()));
    this.#reaper.close();
  }

  /** Kills all processes; the signals have been sent when this returns. */
  kill(): void {
    this.#isEnding = true;
    this.#turns.close();
    this.#jobs.close();
    for (const cluster of this.#peers.keys()) void cluster.kill();
  }

  /** The id of the cluster that each job is assigned to, by the job's name. */
  get jobs(): Readonly<Record<string, number>> {
    return this.#jobs.assignees;
  }

  /** Whether no cluster has a process, and none will get one by itself. */
  get isOver(): boolean {
    return this.#clusters.every(({ state }) => state === 'failed' || state === 'down');
  }

  onClusterStarted(cluster: SupervisedCluster, process: ClusterProcess): void {
    this.#reaper.add(process.pid);
    this.#turns.onStarted(cluster);
    this.#router.attach(this.#peers.get(cluster) as Peer, process.generation, process.link);
    this.log(cluster, 'started', whyStarted(cluster));
    this.#listener.onStarted(this.infoOf(cluster));
  }

  onClusterReady(cluster: SupervisedCluster): void {
    this.log(cluster, 'ready', `after ${Math.round(cluster.uptimeMs)} ms`);
    this.#listener.onReady(this.infoOf(cluster));
  }

  onClusterDraining(cluster: SupervisedCluster, next: NextProcess): void {
    const why = next === 'starting' ? 'restart' : 'stop';
    this.log(cluster, 'draining', this.#isEnding ? 'shutdown' : cluster.isPermanent ? why : 'handover');
    const peer = this.#peers.get(cluster);
    // A cluster that is not permanent is called only by those that leave with it.
    if (cluster.isPermanent && peer !== undefined) this.#router.drain(peer, next);
  }

  isIdle(cluster: SupervisedCluster): boolean {
    // A cluster that is not permanent was given its time in the handover.
    return !cluster.isPermanent || this.hasNoWork(cluster);
  }

  /** Whether no call to the cluster or from it is in flight, and no job is assigned to it. */
  hasNoWork(cluster: SupervisedCluster): boolean {
    const peer = this.#peers.get(cluster);
    return peer === undefined || (this.#router.isIdle(peer) && !this.#jobs.hasJob(peer));
  }

  onClusterDied(cluster: SupervisedCluster, death: ClusterDeath, next: NextProcess): void {
    this.#reaper.delete(death.pid);
    this.#turns.onDied(cluster);
    this.#heartbeat?.forget(cluster);
    const peer = this.#peers.get(cluster);
    if (peer !== undefined) this.#router.detach(peer, next);
    this.log(cluster, death.reason === 'stopped' ? 'stopped' : 'died', describeDeath(death));
    const info = this.infoOf(cluster);
    this.#watchers
      .get(cluster)
      ?.onDied?.(new Error(`Cluster ${cluster.id} died during the handover (${describeDeath(death)}).`));
    if (!this.#clusters.includes(cluster)) this.forget(cluster);
    this.#listener.onDied(info, death);
  }

  /** Drops a cluster that is not permanent and has no process. */
  forget(cluster: SupervisedCluster): void {
    const peer = this.#peers.get(cluster);
    if (peer === undefined) return;
    this.#router.detach(peer, 'stopped');
    this.#turns.forget(cluster);
    this.#peers.delete(cluster);
    this.#clusterOf.delete(peer);
    this.#watchers.delete(cluster);
  }

  onClusterFailed(cluster: SupervisedCluster, error: Error): void {
    if (!this.#clusters.includes(cluster)) return;
    this.log(cluster, 'failed', error.message);
    this.#listener.onFailed(cluster, error);
  }

  send(cluster: SupervisedCluster, message: MessageToCluster): void {
    const peer = this.#peers.get(cluster);
    if (peer !== undefined) this.#router.send(peer, message);
  }

  onHello(from: Peer): void {
    const cluster = this.#clusterOf.get(from);
    if (cluster === undefined) return;
    this.#heartbeat?.watch(cluster);
    cluster.onHello();
  }

  onReady(from: Peer): void {
    const cluster = this.#clusterOf.get(from);
    cluster?.onReady();
    if (cluster !== undefined) this.#watchers.get(cluster)?.onLoaded?.();
  }

  onLinkEnd(from: Peer, how: LinkEnd): void {
    const cluster = this.#clusterOf.get(from);
    if (cluster === undefined) return;
    this.#heartbeat?.forget(cluster);
    const why = how.by === 'garbage' ? `it sent what is no frame (${how.reason})` : 'the pipe has ended';
    this.log(cluster, how.by === 'garbage' ? 'protocol-error' : 'link-ended', why);
    cluster.onLinkLost(why);
  }

  onProtocolMismatch(from: Peer, mismatch: string): void {
    const cluster = this.#clusterOf.get(from);
    if (cluster === undefined) return;
    cluster.onProtocolMismatch(mismatch);
    // The router has closed the link, so the process can only end.
    cluster.onLinkLost(mismatch);
  }

  onControl(from: Peer, message: ClusterMessage): void {
    const cluster = this.#clusterOf.get(from);
    if (cluster === undefined) return;
    switch (message.kind) {
      case 'identify':
        if (this.#turns.request(cluster, message)) this.#watchers.get(cluster)?.onLoaded?.();
        return;
      case 'identifyCancel':
        return this.#turns.cancel(cluster, message);
      case 'identified':
        return this.#turns.onIdentified(cluster, message);
      case 'job':
        return; // For the job dispatcher, which listens to the router as well.
      case 'crashReport':
        if (message.reason === 'protocol-mismatch') return cluster.onProtocolMismatch(message.detail);
        return cluster.onCrashReport(message);
      case 'loginRejected':
        return cluster.onLoginRejected(fatalSentence(message.code));
      case 'pong':
        this.#heartbeat?.onPong(cluster);
        return cluster.onPong(message);
      case 'handoverDone':
        return this.#watchers.get(cluster)?.onHandoverDone?.(message);
      case 'replaceMe':
        return this.#replace(cluster);
    }
  }

  #logJob(peer: Peer, { name, status, detail }: JobUpdate): void {
    const cluster = this.#clusterOf.get(peer);
    if (cluster !== undefined)
      this.log(cluster, `job-${status}`, detail === undefined ? name : `${name}: ${detail}`);
  }

  /** The process got SIGTERM from outside. */
  #replace(cluster: SupervisedCluster): void {
    this.log(cluster, 'replace-requested', 'received SIGTERM');
    if (cluster.isPermanent) void cluster.restart();
    else void cluster.stop();
  }

  #make(plan: ClusterPlan, peer: Peer, options?: SupervisionOptions): SupervisedCluster {
    const deps = {
      settings: this.#settings,
      launcher: this.#launcher,
      supervisor: this,
      history: this.#historyOf(plan.id),
    };
    const cluster = new SupervisedCluster(plan, deps, options);
    this.#peers.set(cluster, peer);
    this.#clusterOf.set(peer, cluster);
    return cluster;
  }

  #historyOf(id: number): ClusterHistory {
    const history = this.#histories.get(id) ?? new ClusterHistory();
    this.#histories.set(id, history);
    return history;
  }

  /** Logs what happens to the process that a cluster has, or to the last one it had. */
  log({ id, pid, generation, lastDeath }: SupervisedCluster, event: LogEvent, reason: string): void {
    this.#listener.log({ id, pid: pid ?? lastDeath?.pid, generation }, event, reason);
  }
}

function whyStarted({ isPermanent, lastDeath }: SupervisedCluster): string {
  if (!isPermanent) return 'handover';
  return lastDeath === undefined ? 'first start' : `after ${describeDeath(lastDeath)}`;
}
