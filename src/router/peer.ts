/**
 * Peers: the processes that a router routes between.
 *
 * There is one peer for the manager itself and one per cluster id; the process behind a peer comes and goes, each time
 * as a new generation. During a handover there is a second peer of the same id, on standby: it sends and gets answers,
 * but receives no calls until it is promoted.
 */
import type { Link } from '../link/link.js';
import type { PeerState } from '../wire/control/directory.js';
import { CallerIndex } from './caller-index.js';
import type { InFlightPeer, InFlightRequest } from './in-flight.js';

/** The clusters that see each other, in id order. A reshard makes a second set beside the first. */
export interface ClusterSet {
  peers: readonly Peer[];
}

/** A cluster id (its active process) or one specific process. */
export type PeerRef = number | Peer;

export class Peer implements InFlightPeer {
  readonly id: number;
  /** The bot as this process sees it. */
  set: ClusterSet;
  state: PeerState = 'starting';
  generation = 0;
  /** Whether the process is to end: it gets no new calls, though it may not even have sent its hello. */
  isDraining = false;
  /** Open while a process is attached. */
  link: Link | undefined;
  /** The names of the handlers that this process is called for. */
  readonly handlers = new Set<string>();
  /** The handlers of a process that was promoted before it was ready; calls to them wait until it is. */
  #deferred: Set<string> | undefined;
  inFlight = 0;
  calls = 0;
  readonly ownRequests = new CallerIndex<InFlightRequest>();

  constructor(id: number, set: ClusterSet) {
    this.id = id;
    this.set = set;
  }

  get isUp(): boolean {
    return this.state === 'up' || this.state === 'ready';
  }

  /** Whether calls wait until this process is ready. */
  get isDeferringCalls(): boolean {
    return this.#deferred !== undefined;
  }

  /** Whether this process has no calls in flight, neither as target nor as caller. */
  get isIdle(): boolean {
    return this.inFlight === 0 && this.ownRequests.size === 0;
  }

  /** Whether calls to the id of this process go to it. */
  get isActive(): boolean {
    return this.set.peers[this.id] === this;
  }

  addHandlers(names: readonly string[]): void {
    const handlers = this.#deferred ?? this.handlers;
    for (const name of names) handlers.add(name);
  }

  removeHandlers(names: readonly string[]): void {
    const handlers = this.#deferred ?? this.handlers;
    for (const name of names) handlers.delete(name);
  }

  clearHandlers(): void {
    this.handlers.clear();
    this.#deferred = undefined;
  }

  /** Lets calls wait until `callNow`, unless this process is ready already. */
  deferCalls(): void {
    if (this.state === 'ready') return;
    this.#deferred = new Set(this.handlers);
    this.handlers.clear();
  }

  /** Ends what `deferCalls` began. */
  callNow(): void {
    for (const name of this.#deferred ?? []) this.handlers.add(name);
    this.#deferred = undefined;
  }
}
