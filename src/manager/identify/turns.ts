/**
 * Identify turns: which clusters may identify, and when.
 *
 * The scheduler knows Discord's pace, this class knows the clusters: a standby cluster waits for its handover, a start
 * that Discord would cut off half-way is refused as a whole, and the time in which a cluster waits for its turn does
 * not count for its `readyTimeout`.
 */
import { refuseSessionStarts } from '../../discord/session-starts.js';
import type { IdentifyRequest } from '../../wire/control/to-manager.js';
import type { MessageToCluster } from '../../wire/control/to-cluster.js';
import { IdentifyScheduler } from './scheduler.js';
import type { LogEvent } from '../../log/log-events.js';
import type { SupervisedCluster } from '../../supervisor/supervised-cluster.js';

/** The part of a cluster that is needed here. */
export type TurnCluster = Pick<
  SupervisedCluster,
  | 'plan'
  | 'state'
  | 'wasEverReady'
  | 'isPermanent'
  | 'pauseReadyTimer'
  | 'resumeReadyTimer'
  | 'onLoginRejected'
>;

export interface TurnsDeps<Cluster> {
  /** Every cluster that may have a process, standby clusters and those that are being replaced included. */
  all(): Iterable<Cluster>;
  send(cluster: Cluster, message: MessageToCluster): void;
  log(cluster: Cluster, event: LogEvent, reason: string): void;
}

export class IdentifyTurns<Cluster extends TurnCluster> {
  readonly #deps: TurnsDeps<Cluster>;
  readonly #scheduler: IdentifyScheduler<Cluster>;
  /** The shards of each process that were allowed to identify. */
  readonly #granted = new Map<Cluster, Set<number>>();
  readonly #held = new Set<Cluster>();

  constructor(windowMs: number, deps: TurnsDeps<Cluster>) {
    this.#deps = deps;
    this.#scheduler = new IdentifyScheduler(windowMs, (cluster, request) => this.#grant(cluster, request));
  }

  /** No shard of the cluster may identify until `release()`, in this process or the next. */
  hold(cluster: Cluster): void {
    this.#held.add(cluster);
    this.#scheduler.hold(cluster);
  }

  release(cluster: Cluster): void {
    this.#held.delete(cluster);
    this.#scheduler.release(cluster);
  }

  /** The cluster has a new process. */
  onStarted(cluster: Cluster): void {
    if (this.#held.has(cluster)) this.#scheduler.hold(cluster);
    this.#granted.set(cluster, new Set());
  }

  /** The process of the cluster is gone. */
  onDied(cluster: Cluster): void {
    this.#scheduler.dropCluster(cluster);
    this.#granted.delete(cluster);
  }

  /** The cluster does not exist any more. */
  forget(cluster: Cluster): void {
    this.#held.delete(cluster);
  }

  /** A shard wants to identify. Returns `false` when the start is refused, for this cluster and all that are starting. */
  request(cluster: Cluster, request: IdentifyRequest): boolean {
    const refusal = this.#refusalOf(cluster, request);
    if (refusal !== undefined && !(cluster.wasEverReady && cluster.isPermanent)) {
      this.#refuseStart(refusal);
      return false;
    }
    if (refusal !== undefined) this.#waitForSessionStarts(cluster, refusal, request.resetAfterMs ?? 0);
    cluster.pauseReadyTimer();
    this.#scheduler.request(cluster, request);
    return true;
  }

  /** A shard does not want to identify any more. */
  cancel(cluster: Cluster, request: IdentifyRequest): void {
    this.#scheduler.cancel(cluster, request);
    this.#resumeUnlessWaiting(cluster);
  }

  /** A shard has identified. */
  onIdentified(cluster: Cluster, request: IdentifyRequest): void {
    this.#scheduler.onIdentified(cluster, request);
  }

  /** No cluster may identify any more. */
  close(): void {
    this.#scheduler.close();
  }

  #grant(cluster: Cluster, { shardId }: IdentifyRequest): void {
    this.#deps.log(cluster, 'identify-granted', `shard ${shardId}`);
    this.#granted.get(cluster)?.add(shardId);
    this.#deps.send(cluster, { kind: 'identifyGrant', shardId });
    this.#resumeUnlessWaiting(cluster);
  }

  #resumeUnlessWaiting(cluster: Cluster): void {
    if (!this.#scheduler.isWaiting(cluster)) cluster.resumeReadyTimer();
  }

  /** A bot that cannot start as a whole does not start in part: that would use up the session starts that are left. */
  #refuseStart(refusal: string): void {
    for (const each of this.#starting()) {
      if (!each.wasEverReady || !each.isPermanent) each.onLoginRejected(refusal);
    }
  }

  /** A cluster that was ready before waits until Discord allows more session starts: failing it would gain nothing. */
  #waitForSessionStarts(cluster: Cluster, refusal: string, resetAfterMs: number): void {
    this.#deps.log(cluster, 'identify-waits', refusal);
    this.#scheduler.hold(cluster);
    setTimeout(() => this.#scheduler.release(cluster), resetAfterMs).unref();
  }

  /**
   * The number of session starts that a starting client has got from Discord is fresh, and must suffice for all shards
   * that are starting and have not identified. The number of a client that reconnects later is old and is not checked.
   */
  #refusalOf(cluster: Cluster, { remaining, resetAfterMs }: IdentifyRequest): string | undefined {
    if (cluster.state !== 'up' || remaining === undefined || resetAfterMs === undefined) return undefined;
    const needed = this.#starting().reduce(
      (sum, each) => sum + each.plan.shardList.length - (this.#granted.get(each)?.size ?? 0),
      0,
    );
    return refuseSessionStarts({ needed, remaining, resetAfterMs });
  }

  #starting(): Cluster[] {
    return [...this.#deps.all()].filter(({ state }) => state === 'starting' || state === 'up');
  }
}
