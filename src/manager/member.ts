/**
 * Members: the processes a router routes between.
 *
 * One per cluster id, for the router's whole life, and one for the manager itself. The process behind a
 * member comes and goes; each is a new generation.
 */
import type { Link } from '../link/link.js';
import type { MemberState } from '../wire/control.js';
import type { FlightParty } from './flights.js';

export class Member implements FlightParty {
  readonly id: number;
  state: MemberState = 'starting';
  generation = 0;
  /** Open while a process is attached. */
  link: Link | undefined;
  /** The names this process answers. */
  readonly handlers = new Set<string>();
  inFlight = 0;
  readonly asked = new Map<number, number | Set<number>>();

  constructor(id: number) {
    this.id = id;
  }

  get isUp(): boolean {
    return this.state === 'up' || this.state === 'ready';
  }
}
