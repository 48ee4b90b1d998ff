/**
 * Peer lifecycle: carries out what happens to the process behind a peer, from attaching to its end.
 *
 * A change of a peer concerns all who know of it: the other peers, calls that wait, and the router's listeners. Here is
 * the order in which they learn of it.
 */
import type { LinkEnd } from '../link/link.js';
import type { PeerState } from '../wire/control/directory.js';
import type { Hello, Registration } from '../wire/control/to-manager.js';
import { describeMismatch } from '../wire/protocol.js';
import type { Protocol } from '../wire/protocol.js';
import type { CallRouter } from './call-router.js';
import { LowestMinor } from './lowest-minor.js';
import { OlderLink } from './older-link.js';
import type { PeerTable } from './peer-table.js';
import type { Peer } from './peer.js';
import type { RouterListeners } from './router-listener.js';

export interface PeerLifecycleDeps {
  readonly peers: PeerTable;
  readonly calls: CallRouter;
  readonly listeners: RouterListeners;
  /** The protocol version of the manager. */
  readonly protocol: Protocol;
}

export class PeerLifecycle {
  readonly #peers: PeerTable;
  readonly #calls: CallRouter;
  readonly #listeners: RouterListeners;
  readonly #protocol: Protocol;
  readonly #minors: LowestMinor<Peer>;

  constructor({ peers, calls, listeners, protocol }: PeerLifecycleDeps) {
    this.#peers = peers;
    this.#calls = calls;
    this.#listeners = listeners;
    this.#protocol = protocol;
    this.#minors = new LowestMinor(protocol.minor);
  }

  /** A new process is behind the peer. */
  start(peer: Peer, generation: number): void {
    peer.generation = generation;
    peer.isDraining = false;
    peer.calls = 0;
    this.setState(peer, 'starting');
  }

  hello(source: Peer, hello: Hello): void {
    const mismatch = describeMismatch({ manager: this.#protocol, cluster: hello.protocol });
    if (hello.protocol === undefined || mismatch !== undefined) return this.#refuse(source, mismatch ?? '');
    this.#setMinor(source, hello.protocol.minor);
    this.#peers.register(source, hello);
    this.#reportSkews();
    this.#peers.welcome(source, this.#minors.value);
    if (source === this.#peers.manager || source.isDraining || source.state !== 'starting') return;
    this.setState(source, 'up');
    this.#listeners.notify('onHello', source);
  }

  register(source: Peer, registration: Registration): void {
    this.#peers.register(source, registration);
    this.#reportSkews();
    this.#calls.dequeue();
  }

  ready(source: Peer): void {
    if (source.state !== 'up') return;
    source.callNow();
    this.setState(source, 'ready');
    this.#listeners.notify('onReady', source);
  }

  /** @param activate - Makes the peers the active ones of their ids. */
  promote(peers: readonly Peer[], activate: () => void): void {
    for (const peer of peers) peer.deferCalls();
    activate();
    for (const peer of peers) {
      this.#peers.broadcastState(peer);
      this.#listeners.notify('onState', peer.id, peer.state);
    }
    this.#calls.dequeue();
    this.#listeners.notify('onRoutingChange');
  }

  setState(peer: Peer, state: PeerState): void {
    if (peer.state === state) return;
    this.#peers.setState(peer, state);
    if (peer.isActive && peer.set === this.#peers.manager.set)
      this.#listeners.notify('onState', peer.id, state);
    this.#calls.dequeue();
    this.#listeners.notify('onRoutingChange');
  }

  /** The link of a peer has ended. */
  end(peer: Peer, how: LinkEnd): void {
    this.abandon(peer);
    this.#listeners.notify('onLinkEnd', peer, how);
  }

  /** The process behind a peer is gone, or has sent garbage. */
  abandon(peer: Peer): void {
    const { link } = peer;
    peer.link = undefined;
    if (this.#minors.delete(peer)) this.#peers.broadcastMinor(this.#minors.value);
    this.#peers.clearNames(peer);
    this.#calls.abandon(peer);
    // No events and calls until there is a process again.
    if (peer.isUp) this.setState(peer, 'starting');
    link?.close();
  }

  #refuse(source: Peer, mismatch: string): void {
    this.abandon(source);
    this.#listeners.notify('onProtocolMismatch', source, mismatch);
  }

  #reportSkews(): void {
    const skews = this.#peers.drainSkews();
    if (skews.length > 0) this.#listeners.notify('onContractSkew', skews);
  }

  /** A lower minor version is known to all processes before the one that speaks it gets a call. */
  #setMinor(source: Peer, minor: number): void {
    if (minor < this.#protocol.minor && source.link !== undefined && !(source.link instanceof OlderLink))
      source.link = new OlderLink(source.link, minor, this.#protocol);
    if (this.#minors.add(source, minor)) this.#peers.broadcastMinor(this.#minors.value);
  }
}
