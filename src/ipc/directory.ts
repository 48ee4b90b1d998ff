/**
 * Directory: what this process knows of the clusters of its bot.
 *
 * The manager says who is up; the view may be a moment old, so it only decides what can be decided early. The
 * manager's own view is the one that routes.
 */
import type { PeerState } from '../wire/control.js';

/** Which cluster a guild or a shard belongs to. Both throw a RangeError for what is none. */
export interface Owners {
  ofGuild(guildId: string): number;
  ofShard(shardId: number): number;
}

export class Directory {
  readonly owners: Owners;
  #totalClusters: number;
  #ids: readonly number[];
  readonly #states = new Map<number, PeerState>();
  /** Whether the manager has said who is up: a process may send before it has heard anything. */
  #isTold = false;

  constructor(totalClusters: number, owners: Owners) {
    this.#totalClusters = totalClusters;
    this.#ids = idsBelow(totalClusters);
    this.owners = owners;
  }

  get totalClusters(): number {
    return this.#totalClusters;
  }

  resize(totalClusters: number): void {
    this.#totalClusters = totalClusters;
    this.#ids = idsBelow(totalClusters);
  }

  set(clusterId: number, state: PeerState): void {
    this.#states.set(clusterId, state);
  }

  /** The manager has said who is up; from now on, who is not named is not. */
  noteWelcome(): void {
    this.#isTold = true;
  }

  /** `false` only if the manager has said so. */
  mayBeUp(clusterId: number): boolean {
    const state = this.#states.get(clusterId);
    return !this.#isTold || state === 'up' || state === 'ready';
  }

  has(clusterId: number): boolean {
    return Number.isInteger(clusterId) && clusterId >= 0 && clusterId < this.#totalClusters;
  }

  ids(): readonly number[] {
    return this.#ids;
  }
}

function idsBelow(count: number): readonly number[] {
  return Array.from({ length: count }, (_, id) => id);
}
