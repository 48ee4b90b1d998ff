/**
 * Peer table: the peers that a router routes between, and what each must know of the others.
 *
 * Keeps the peers, their states and the ids of names, and broadcasts what changes. An id or a state is sent before any
 * frame that depends on it: links keep order.
 */
import type { IPCErrorCode } from '../errors.js';
import type { Link } from '../link/link.js';
import { MANAGER_ID } from '../wire/address.js';
import type { ArrivedFrame } from '../wire/arrived-frame.js';
import type { PeerEntry, PeerState } from '../wire/control/directory.js';
import { encodeControl } from '../wire/control/encode.js';
import type { MessageToCluster } from '../wire/control/to-cluster.js';
import type { Registration } from '../wire/control/to-manager.js';
import type { Rejection } from '../wire/rejection.js';
import { Codec, emptyHeader, Kind } from '../wire/frame.js';
import type { FrameHeader } from '../wire/frame.js';
import type { InFlightRequest } from './in-flight.js';
import { LayoutNegotiation } from './layout-negotiation.js';
import type { ContractSkew, LayoutUpdate } from './layout-negotiation.js';
import { Peer } from './peer.js';
import type { ClusterSet } from './peer.js';
import { NameRegistry } from './name-registry.js';

/** Addresses a frame of the manager's own. */
interface CallAddress {
  /** The call's id at the receiver; 0: the frame belongs to no call. */
  readonly correlation: number;
  /** The cluster that the frame is about; the manager by default. */
  readonly peer?: number;
  readonly remainingMs?: number;
}

export class PeerTable {
  readonly manager = new Peer(MANAGER_ID, { peers: [] });
  readonly #names = new NameRegistry();
  readonly #layouts = new LayoutNegotiation(this.#names);
  /** The header of every frame of the manager's own, filled anew for each. */
  readonly #header: FrameHeader = emptyHeader(Kind.rejected);
  /** Peers that get no calls: those on standby, and those that were replaced and are draining. */
  readonly #inactive = new Set<Peer>();

  constructor() {
    this.manager.state = 'ready';
  }

  /** The active peer of each cluster id, as the manager sees the bot. */
  get clusters(): readonly Peer[] {
    return this.manager.set.peers;
  }

  /** Sets the number of clusters. Known peers stay. */
  resize(totalClusters: number): void {
    const { set } = this.manager;
    set.peers = Array.from({ length: totalClusters }, (_, id) => set.peers[id] ?? new Peer(id, set));
  }

  /** Adds a second peer for a cluster that has one already. It sees the bot as the others do. */
  addStandby(id: number): Peer {
    const standby = new Peer(id, this.manager.set);
    this.#inactive.add(standby);
    return standby;
  }

  /** Adds a second set of clusters, which see only each other. */
  addSet(totalClusters: number): readonly Peer[] {
    const set: ClusterSet = { peers: [] };
    set.peers = Array.from({ length: totalClusters }, (_, id) => new Peer(id, set));
    for (const peer of set.peers) this.#inactive.add(peer);
    return set.peers;
  }

  /** Makes a standby the active peer of its id; the active one before becomes inactive. */
  promote(standby: Peer): void {
    const { set, id } = standby;
    const before = set.peers[id];
    set.peers = set.peers.map((peer) => (peer.id === id ? standby : peer));
    this.#inactive.delete(standby);
    if (before !== undefined) this.#inactive.add(before);
  }

  /** Makes a set the one that the manager belongs to, calls and describes. */
  promoteSet(set: ClusterSet): void {
    for (const before of this.clusters) this.#inactive.add(before);
    for (const peer of set.peers) this.#inactive.delete(peer);
    this.manager.set = set;
  }

  /** An inactive peer is gone for good. */
  remove(peer: Peer): void {
    this.#inactive.delete(peer);
  }

  /** The active peer of an id as `viewer` sees the bot; `undefined`: no cluster has this id. */
  activePeer(viewer: Peer, id: number): Peer | undefined {
    return id === MANAGER_ID ? this.manager : viewer.set.peers[id];
  }

  /** The peer with a process of this generation, if the process is still there. */
  processOf(id: number, generation: number): Peer | undefined {
    const active = id === MANAGER_ID ? this.manager : this.clusters[id];
    if (active?.generation === generation) return active;
    for (const peer of this.#inactive) if (peer.id === id && peer.generation === generation) return peer;
    return undefined;
  }

  /** The link of a process, if the process is still there. */
  linkOf(id: number, generation: number): Link | undefined {
    return this.processOf(id, generation)?.link;
  }

  /** The handler or event that a frame names. `undefined`: an id that was never assigned, or a frame too short. */
  nameIn(frame: ArrivedFrame): string | undefined {
    return frame.nameIn(this.#names.table);
  }

  setState(peer: Peer, state: PeerState): void {
    peer.state = state;
    if (peer.isActive) this.broadcastState(peer);
  }

  /** Sends the state of a cluster to all peers that see it. */
  broadcastState({ id, state, set }: Peer): void {
    const peers: PeerEntry[] = [[id, state]];
    for (const other of this.#allPeers()) if (other.set === set) this.send(other, { kind: 'peer', peers });
  }

  /** Assigns ids to the names of a registration, and broadcasts what is new. */
  register(peer: Peer, registration: Registration): void {
    peer.addHandlers(registration.handlers);
    this.#broadcast(this.#layouts.register(peer, registration));
  }

  unregister(peer: Peer, names: readonly string[]): void {
    peer.removeHandlers(names);
    this.#broadcast(this.#layouts.unregister(peer, names));
  }

  /** The process behind a peer is gone, and its handlers and listeners with it. */
  clearNames(peer: Peer): void {
    peer.clearHandlers();
    this.#broadcast(this.#layouts.remove(peer));
  }

  /** Returns the contracts that differ between processes, each difference once. */
  drainSkews(): readonly ContractSkew[] {
    return this.#layouts.drainSkews();
  }

  welcome(peer: Peer, lowestMinor: number): void {
    const names = [...this.#names.table.entries()];
    const peers: PeerEntry[] = peer.set.peers.map(({ id, state }) => [id, state]);
    const layouts = this.#layouts.all();
    this.send(peer, { kind: 'welcome', names, peers, layouts, lowestMinor });
  }

  /** Sends the oldest minor version of the protocol to all processes. */
  broadcastMinor(lowestMinor: number): void {
    for (const peer of this.#allPeers()) this.send(peer, { kind: 'peer', lowestMinor });
  }

  #broadcast(update: LayoutUpdate): void {
    if (update.names.length === 0 && update.layouts.length === 0) return;
    for (const peer of this.#allPeers()) this.send(peer, { kind: 'names', ...update });
  }

  /** Sends a control message. */
  send(to: Peer, message: MessageToCluster): void {
    const { kind, body } = encodeControl(message);
    this.#send(to, kind, { correlation: 0 }, body);
  }

  /** Sends a frame about one call that has no body. */
  notify(to: Peer, kind: Kind, call: CallAddress): void {
    this.#send(to, kind, call, undefined);
  }

  /** Ends a call of `caller` to the cluster `clusterId`. */
  reject(caller: Peer, correlation: number, clusterId: number, code: IPCErrorCode): void {
    const rejection: Rejection = { code };
    this.#send(caller, Kind.rejected, { correlation, peer: clusterId }, JSON.stringify(rejection));
  }

  /** Ends a call in flight, if the process that called is still there. */
  rejectInFlight(
    { caller, callerGeneration, correlation, target }: InFlightRequest,
    code: IPCErrorCode,
  ): void {
    const peer = this.processOf(caller.id, callerGeneration);
    if (peer !== undefined) this.reject(peer, correlation, target.id, code);
  }

  #send(to: Peer, kind: Kind, call: CallAddress, text: string | undefined): void {
    const header = this.#header;
    header.kind = kind;
    header.flags = text === undefined ? Codec.none : Codec.json;
    header.peer = call.peer ?? MANAGER_ID;
    header.correlation = call.correlation;
    header.remainingMs = call.remainingMs ?? 0;
    header.generation = to.generation;
    to.link?.send(header, undefined, text);
  }

  #allPeers(): readonly Peer[] {
    return [this.manager, ...this.clusters, ...this.#inactive];
  }
}
