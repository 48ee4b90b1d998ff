/**
 * Router: decides by a frame's header alone which link it leaves by.
 *
 * Never parses a payload, forks nothing and knows no Discord. It trusts no cluster: the source of a frame is the link
 * that it came on, and an invalid frame ends that link. It listens to the links and sorts what arrives: calls and events
 * have routers for themselves, `peer-lifecycle.ts` keeps the peers up to date, and other control messages go to the
 * listeners.
 */
import type { Limits } from '../limits.js';
import type { Link } from '../link/link.js';
import type { ArrivedFrame } from '../wire/arrived-frame.js';
import type { PeerState } from '../wire/control/directory.js';
import type { MessageToCluster } from '../wire/control/to-cluster.js';
import { parseMessageToManager } from '../wire/control/to-manager.js';
import type { MessageToManager } from '../wire/control/to-manager.js';
import { Kind } from '../wire/frame.js';
import { PROTOCOL } from '../wire/protocol.js';
import type { Protocol } from '../wire/protocol.js';
import { CallRouter } from './call-router.js';
import { EventRouter } from './event-router.js';
import type { Peer, PeerRef } from './peer.js';
import { OlderLink } from './older-link.js';
import { PeerLifecycle } from './peer-lifecycle.js';
import { PeerTable } from './peer-table.js';
import { RouterListeners } from './router-listener.js';
import type { RouterListener } from './router-listener.js';

export class Router {
  readonly #listeners = new RouterListeners();
  readonly #peers = new PeerTable();
  readonly #calls: CallRouter;
  readonly #events: EventRouter;
  readonly #lifecycle: PeerLifecycle;
  #ignoredFrames = 0;

  /** @param protocol - The version that the manager speaks. Only tests pass another than the default. */
  constructor(limits: Limits, listener: RouterListener = {}, protocol: Protocol = PROTOCOL) {
    this.#listeners.add(listener);
    this.#calls = new CallRouter(this.#peers, limits);
    this.#events = new EventRouter(this.#peers, (id, event) =>
      this.#listeners.notify('onEventDropped', id, event),
    );
    this.#lifecycle = new PeerLifecycle({
      peers: this.#peers,
      calls: this.#calls,
      listeners: this.#listeners,
      protocol,
    });
  }

  /** Calls in flight: forwarded, and not answered yet. */
  get inFlightCount(): number {
    return this.#calls.inFlightCount;
  }

  /** Calls that were given to a process since the start; a call to all clusters counts once for each. */
  get routedCalls(): number {
    return this.#calls.routedCount;
  }

  /** Calls that wait for a cluster to come up. */
  get waitingCount(): number {
    return this.#calls.waitingCount;
  }

  /** Events that were lost because their receiver did not read, since the start. */
  get droppedEvents(): number {
    return this.#events.droppedCount;
  }

  /** Frames of a later minor version of the protocol that were ignored since the start. */
  get ignoredFrames(): number {
    return this.#ignoredFrames;
  }

  /** Calls in flight to a process. */
  inFlightTo(ref: PeerRef): number {
    return this.#resolve(ref)?.inFlight ?? 0;
  }

  /** Calls that a process was given since it was started. */
  callsTo(ref: PeerRef): number {
    return this.#resolve(ref)?.calls ?? 0;
  }

  stateOf(ref: PeerRef): PeerState | undefined {
    return this.#resolve(ref)?.state;
  }

  /** Whether calls to the id of this process go to it, and its client is ready. */
  isServing(peer: Peer): boolean {
    return peer.isActive && peer.set === this.#peers.manager.set && peer.state === 'ready';
  }

  /** Sets the number of clusters; known ones stay. Returns all of them, in id order. */
  resize(totalClusters: number): readonly Peer[] {
    this.#peers.resize(totalClusters);
    return this.#peers.clusters;
  }

  /** Adds a listener. Listeners are called in the order in which they were added. */
  listen(listener: RouterListener): void {
    this.#listeners.add(listener);
  }

  /** Attaches the manager's own endpoint, which is reached by its id only and never counted among the clusters. */
  attachManager(link: Link): void {
    this.#listen(this.#peers.manager, link);
  }

  /**
   * Attaches a process that was started. It is up once its hello has arrived.
   *
   * @throws RangeError when there is no such cluster.
   */
  attach(ref: PeerRef, generation: number, link: Link): Peer {
    const peer = this.#resolve(ref);
    if (peer === undefined) throw new RangeError(`There is no cluster ${ref as number}`);
    this.#lifecycle.start(peer, generation);
    this.#listen(peer, link);
    return peer;
  }

  /** Adds a standby for a second process of a cluster: it may send calls, but receives none until it is promoted. */
  addStandby(clusterId: number): Peer {
    return this.#peers.addStandby(clusterId);
  }

  /** Adds a second set of clusters, which see only each other until they are promoted. */
  addSet(totalClusters: number): readonly Peer[] {
    return this.#peers.addSet(totalClusters);
  }

  /**
   * Makes a standby the active process of its id: from now on calls and events for the id go to it, and calls in
   * flight to the process before end there. Calls to a process that is up but not ready wait until it is; events do not.
   */
  promote(standby: Peer): void {
    this.#lifecycle.promote([standby], () => this.#peers.promote(standby));
  }

  /** Promotes a whole set. The clusters of the set before see each other until the last of them is gone. */
  promoteSet(peers: readonly Peer[]): void {
    const [first] = peers;
    if (first !== undefined) this.#lifecycle.promote(peers, () => this.#peers.promoteSet(first.set));
  }

  /** The process is gone: settles all its calls. `next` says whether another process of its cluster will follow. */
  detach(ref: PeerRef, next: 'starting' | 'stopped'): void {
    const peer = this.#resolve(ref);
    if (peer === undefined) return;
    this.#lifecycle.abandon(peer);
    this.#lifecycle.setState(peer, next);
    if (next === 'stopped') this.#peers.remove(peer);
    this.#listeners.notify('onGone', peer);
  }

  /**
   * Lets no new calls and events through to a process; calls in flight may end, and it may still call others. `next`
   * says whether calls to its cluster wait for the next process.
   */
  drain(ref: PeerRef, next: 'starting' | 'stopped'): void {
    const peer = this.#resolve(ref);
    if (peer === undefined) return;
    peer.isDraining = true;
    this.#lifecycle.setState(peer, next);
  }

  /** Whether a process has no calls in flight, neither as target nor as caller. */
  isIdle(ref: PeerRef): boolean {
    return this.#resolve(ref)?.isIdle ?? true;
  }

  /** Rejects new calls from now on; calls in flight may end. */
  close(): void {
    this.#calls.close();
  }

  /** Sends a control message to a process. Does nothing if there is none. */
  send(ref: PeerRef, message: MessageToCluster): void {
    const peer = this.#resolve(ref);
    if (peer !== undefined) this.#peers.send(peer, message);
  }

  #resolve(ref: PeerRef): Peer | undefined {
    return typeof ref === 'number' ? this.#peers.clusters[ref] : ref;
  }

  #listen(peer: Peer, link: Link): void {
    peer.link = link;
    link.listen({
      onFrame: (frame) => {
        if (isCurrent(peer, link)) this.#onFrame(peer, frame);
      },
      onIgnored: () => (this.#ignoredFrames += 1),
      onEnd: (how) => {
        if (isCurrent(peer, link)) this.#lifecycle.end(peer, how);
      },
    });
  }

  #onFrame(source: Peer, frame: ArrivedFrame): void {
    const { kind, correlation } = frame.header;
    switch (kind) {
      case Kind.request: {
        const name = this.#peers.nameIn(frame);
        if (name === undefined)
          this.#lifecycle.end(source, { by: 'garbage', reason: 'a request that names no handler' });
        else this.#calls.request(source, name, frame);
        return;
      }
      case Kind.result:
      case Kind.error:
      case Kind.rejected:
      case Kind.resendKeyed:
        return this.#calls.answer(source, frame);
      case Kind.cancel:
        return this.#calls.cancel(source, correlation);
      case Kind.event:
        return this.#events.event(source, frame);
      case Kind.ack:
        return this.#events.ack(source, frame);
      default:
        return this.#control(source, kind, frame.bodyText());
    }
  }

  #control(source: Peer, kind: Kind, text: string | undefined): void {
    let message: MessageToManager;
    try {
      message = parseMessageToManager(kind, text);
    } catch (error) {
      this.#lifecycle.end(source, {
        by: 'garbage',
        reason: error instanceof Error ? error.message : String(error),
      });
      return;
    }
    // Not in the `try`: what the user's own listeners throw is no reason to end a cluster's link.
    this.#onControl(source, message);
  }

  #onControl(source: Peer, message: MessageToManager): void {
    switch (message.kind) {
      case 'hello':
        return this.#lifecycle.hello(source, message);
      case 'register':
        return this.#lifecycle.register(source, message);
      case 'unregister':
        return this.#peers.unregister(source, message.handlers);
      case 'ready':
        return this.#lifecycle.ready(source);
      default:
        return this.#listeners.notify('onControl', source, message);
    }
  }
}

/** Whether the process behind a peer is still the one on this link. */
function isCurrent(peer: Peer, link: Link): boolean {
  return peer.link === link || (peer.link instanceof OlderLink && peer.link.wraps(link));
}
