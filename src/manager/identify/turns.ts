/**
 * Identify turns: which of the clusters that ask may identify, and when.
 *
 * The scheduler knows Discord's pace; this knows the clusters. One that stands by waits for its handover, a start that
 * Discord would cut off half-way is refused as a whole, and the time that a cluster waits is not its own.
 */
import { refuseSessionStarts } from '../../discord/session-starts.js';
import type { IdentifyRequest } from '../../wire/control/to-manager.js';
import type { MessageToCluster } from '../../wire/control/to-cluster.js';
import { IdentifyScheduler } from './scheduler.js';
import type { LogEvent } from '../../log/log-events.js';
import type { SupervisedCluster } from '../../supervisor/supervised-cluster.js';

/** What this needs of a cluster. */
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

/** What this needs of the fleet. */
export interface TurnsDeps<Cluster> {
  /** Every cluster that is not over, also those that stand by or are leaving. */
  all(): Iterable<Cluster>;
  send(cluster: Cluster, message: MessageToCluster): void;
  log(cluster: Cluster, event: LogEvent, reason: string): void;
}

export class IdentifyTurns<Cluster extends TurnCluster> {
  readonly #deps: TurnsDeps<Cluster>;
  readonly #scheduler: IdentifyScheduler<Cluster>;
  /** The shards of a starting process that were allowed to identify. */
  readonly #granted = new Map<Cluster, Set<number>>();
  readonly #held = new Set<Cluster>();

  constructor(windowMs: number, fleet: TurnsDeps<Cluster>) {
    this.#deps = fleet;
    this.#scheduler = new IdentifyScheduler(windowMs, (cluster, request) => this.#grant(cluster, request));
  }

  /** None of its shards may identify until they are released, in whichever of its processes. */
  hold(cluster: Cluster): void {
    this.#held.add(cluster);
    this.#scheduler.hold(cluster);
  }

  release(cluster: Cluster): void {
    this.#held.delete(cluster);
    this.#scheduler.release(cluster);
  }

  /** It has a new process. */
  onStarted(cluster: Cluster): void {
    if (this.#held.has(cluster)) this.#scheduler.hold(cluster);
    this.#granted.set(cluster, new Set());
  }

  /** Its process is gone. */
  onDied(cluster: Cluster): void {
    this.#scheduler.dropCluster(cluster);
    this.#granted.delete(cluster);
  }

  /** There is no such cluster any more. */
  forget(cluster: Cluster): void {
    this.#held.delete(cluster);
  }

  /** A shard wants to identify. `false`: it will not, nor will any other that is starting. */
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

  /** Nobody may identify any more. */
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

  /** A bot that cannot come up as a whole does not come up in part: that would use up the starts that are left. */
  #refuseStart(refusal: string): void {
    for (const each of this.#starting()) {
      if (!each.wasEverReady || !each.isPermanent) each.onLoginRejected(refusal);
    }
  }

  /** A cluster that comes back waits for its turn, as for any identify: nothing is gained by giving it up. */
  #waitForSessionStarts(cluster: Cluster, refusal: string, resetAfterMs: number): void {
    this.#deps.log(cluster, 'identify-delayed', refusal);
    this.#scheduler.hold(cluster);
    setTimeout(() => this.#scheduler.release(cluster), resetAfterMs).unref();
  }

  /**
   * What Discord has told a client that is starting is fresh, and what it was told is what is left for all shards
   * that start with it and have not identified. One that reconnects later was told long ago: nothing is asked of it.
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
