/**
 * Directory: the clusters of the bot and their states, as this process knows them.
 *
 * The manager announces states, so they may be a moment old here: they only decide what can be decided early. Routing
 * uses the manager's own states.
 */
import type { PeerState } from '../wire/control/directory.js';

/** Finds the cluster of a guild or a shard. Both throw a RangeError for an id that cannot exist. */
export interface Owners {
  ofGuild(guildId: string): number;
  ofShard(shardId: number): number;
}

export class Directory {
  readonly owners: Owners;
  #totalClusters: number;
  #ids: readonly number[];
  readonly #states = new Map<number, PeerState>();
  /** Whether the manager has announced the states: a process may send before that. */
  #hasWelcome = false;

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

  setState(clusterId: number, state: PeerState): void {
    this.#states.set(clusterId, state);
  }

  /** Called when the manager has announced the states: from now on a cluster without a state is not up. */
  onWelcome(): void {
    this.#hasWelcome = true;
  }

  /** `false` only if the manager has announced that the cluster is not up. */
  mayBeUp(clusterId: number): boolean {
    const state = this.#states.get(clusterId);
    return !this.#hasWelcome || state === 'up' || state === 'ready';
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
