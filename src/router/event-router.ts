/**
 * Event router: events to those they are for, and acknowledgements back.
 *
 * Nothing is kept: a receiver that is not up does not get the event, one that does not read loses it.
 */
import { ALL_CLUSTERS } from '../wire/address.js';
import type { FrameHeader } from '../wire/frame.js';
import type { Peer } from './peer.js';
import type { PeerTable } from './peer-table.js';

export type EventDropped = (clusterId: number, event: string) => void;

export class EventRouter {
  readonly #roster: PeerTable;
  readonly #dropped: EventDropped;

  #droppedCount = 0;

  constructor(roster: PeerTable, dropped: EventDropped) {
    this.#roster = roster;
    this.#dropped = dropped;
  }

  /** Events that were lost because their receiver did not read, since the start. */
  get droppedCount(): number {
    return this.#droppedCount;
  }

  event(source: Peer, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    const { manager } = this.#roster;
    const target = header.peer;
    header.peer = source.id;
    header.generation = source.generation;
    if (target !== ALL_CLUSTERS) {
      this.#deliver(this.#roster.memberOf(source, target), header, bytes, start, end);
      return;
    }
    for (const member of source.set.peers) {
      // By id: to one that is being replaced, its successor is no other cluster.
      if (member.id !== source.id) this.#deliver(member, header, bytes, start, end);
    }
    if (source !== manager) this.#deliver(manager, header, bytes, start, end);
  }

  /** An ack goes to the generation that asked; to its successor the number would mean another broadcast. */
  ack(source: Peer, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    if (source === this.#roster.manager) return;
    const link = this.#roster.linkOf(header.peer, header.generation);
    header.peer = source.id;
    link?.forward(header, bytes, start, end);
  }

  #deliver(target: Peer | undefined, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    if (target?.link === undefined || !target.isUp) return;
    if (!target.link.full) {
      target.link.forward(header, bytes, start, end);
      return;
    }
    this.#droppedCount += 1;
    this.#dropped(target.id, this.#roster.nameIn(header, bytes, start, end) ?? '');
  }
}
