/**
 * Event router: forwards events to their receivers, and acknowledgements back to the senders.
 *
 * Nothing is kept: a receiver that is not up does not get the event, and a receiver that does not read loses it.
 */
import { ALL_CLUSTERS } from '../wire/address.js';
import type { ArrivedFrame } from '../wire/arrived-frame.js';
import { copyHeader, emptyHeader, Kind } from '../wire/frame.js';
import type { FrameHeader } from '../wire/frame.js';
import type { Peer } from './peer.js';
import type { PeerTable } from './peer-table.js';

export type OnEventDropped = (clusterId: number, event: string) => void;

export class EventRouter {
  readonly #peers: PeerTable;
  readonly #onDropped: OnEventDropped;
  /** The header of every forwarded frame, filled anew for each. */
  readonly #header: FrameHeader = emptyHeader(Kind.event);
  #droppedCount = 0;

  constructor(peers: PeerTable, onDropped: OnEventDropped) {
    this.#peers = peers;
    this.#onDropped = onDropped;
  }

  /** Events that were lost because their receiver did not read, since the start. */
  get droppedCount(): number {
    return this.#droppedCount;
  }

  event(source: Peer, frame: ArrivedFrame): void {
    const target = frame.header.peer;
    const header = copyHeader(frame.header, this.#header);
    header.peer = source.id;
    header.generation = source.generation;
    if (target === ALL_CLUSTERS) this.#deliverToAll(source, frame);
    else this.#deliver(this.#peers.activePeer(source, target), frame);
  }

  /** An ack goes to the generation that sent the event: to its replacement, the id would mean another broadcast. */
  ack(source: Peer, frame: ArrivedFrame): void {
    if (source === this.#peers.manager) return;
    const header = copyHeader(frame.header, this.#header);
    const link = this.#peers.linkOf(header.peer, header.generation);
    header.peer = source.id;
    link?.forward(header, frame);
  }

  #deliverToAll(source: Peer, frame: ArrivedFrame): void {
    for (const peer of source.set.peers) {
      // By id: to a process that is being replaced, its replacement is not another cluster.
      if (peer.id !== source.id) this.#deliver(peer, frame);
    }
    const { manager } = this.#peers;
    if (source !== manager) this.#deliver(manager, frame);
  }

  #deliver(target: Peer | undefined, frame: ArrivedFrame): void {
    if (target?.link === undefined || !target.isUp) return;
    if (!target.link.full) {
      target.link.forward(this.#header, frame);
      return;
    }
    this.#droppedCount += 1;
    this.#onDropped(target.id, this.#peers.nameIn(frame) ?? '');
  }
}
