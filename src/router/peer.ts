/**
 * Members: the processes a router routes between.
 *
 * One for the manager itself, and one per cluster id: the process behind it comes and goes, each a new generation.
 * In a handover there is a second one of the same id, which stands aside: it speaks and is answered, but nobody
 * calls it.
 */
import type { Link } from '../link/link.js';
import type { PeerState } from '../wire/control.js';
import { CallerIndex } from './caller-index.js';
import type { InFlightRequest, FlightParty } from './in-flight.js';

/** The clusters that see each other, in id order. A reshard makes a second set beside the first. */
export interface ClusterSet {
  peers: readonly Peer[];
}

export class Peer implements FlightParty {
  readonly id: number;
  /** The bot as this process sees it. */
  set: ClusterSet;
  state: PeerState = 'starting';
  generation = 0;
  /** Whether this process is to end: nobody calls it any more, though it may not even have said hello. */
  isDraining = false;
  /** Open while a process is attached. */
  link: Link | undefined;
  /** The names this process answers. */
  readonly handlers = new Set<string>();
  /** Names it will answer once it is ready; until then calls wait. Only for one that took over before it was ready. */
  handlersWhenReady: Set<string> | undefined;
  inFlight = 0;
  /** How many calls this process was given. */
  calls = 0;
  readonly asked = new CallerIndex<InFlightRequest>();

  constructor(id: number, set: ClusterSet) {
    this.id = id;
    this.set = set;
  }

  get isUp(): boolean {
    return this.state === 'up' || this.state === 'ready';
  }

  /** Whether it is the one of its id that is called. */
  get isActive(): boolean {
    return this.set.peers[this.id] === this;
  }
}
