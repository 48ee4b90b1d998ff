/**
 * Roster: the processes a router routes between, and what each must know of the others.
 *
 * Keeps members, their states and the numbers of names, and tells everyone what changed. A number or a state
 * is told before any frame that depends on it: links keep order.
 */
import type { IPCErrorCode } from '../errors.js';
import type { Link } from '../link/link.js';
import { MANAGER_ID } from '../wire/address.js';
import { bodyStart, inlineName } from '../wire/body.js';
import type { PeerEntry, PeerState, Registration, Welcome } from '../wire/control.js';
import { Codec, emptyHeader, Kind } from '../wire/frame.js';
import type { FrameHeader } from '../wire/frame.js';
import type { InFlightRequest } from './in-flight.js';
import { LayoutNegotiation } from './layout-negotiation.js';
import type { ContractSkew, News } from './layout-negotiation.js';
import { Peer } from './peer.js';
import type { ClusterSet } from './peer.js';
import { NameRegistry } from './name-registry.js';

/** What the manager fills into a header of its own. */
interface Addressing {
  readonly correlation: number;
  readonly peer: number;
  readonly remainingMs?: number;
}

export class PeerTable {
  readonly manager = new Peer(MANAGER_ID, { peers: [] });
  readonly #names = new NameRegistry();
  readonly #agreements = new LayoutNegotiation(this.#names);
  /** The header of everything the manager itself says. */
  readonly #header: FrameHeader = emptyHeader(Kind.rejected);
  /** Processes that nobody calls: those that stand by, and those that are leaving. */
  readonly #aside = new Set<Peer>();

  constructor() {
    this.manager.state = 'ready';
  }

  /** The bot as the manager sees it. */
  get clusters(): readonly Peer[] {
    return this.manager.set.peers;
  }

  /** How many clusters there are. Known ones stay what they are. */
  resize(totalClusters: number): void {
    const { set } = this.manager;
    set.peers = Array.from({ length: totalClusters }, (_, id) => set.peers[id] ?? new Peer(id, set));
  }

  /** A process of a cluster that has one already. It sees the bot as the others do. */
  addSuccessor(id: number): Peer {
    const successor = new Peer(id, this.manager.set);
    this.#aside.add(successor);
    return successor;
  }

  /** A second set of clusters, which see only each other. */
  addSet(totalClusters: number): readonly Peer[] {
    const set: ClusterSet = { peers: [] };
    set.peers = Array.from({ length: totalClusters }, (_, id) => new Peer(id, set));
    for (const member of set.peers) this.#aside.add(member);
    return set.peers;
  }

  /** From now on it is this process that is called. Whoever was called before stands aside. */
  promote(successor: Peer): void {
    const { set, id } = successor;
    const before = set.peers[id];
    set.peers = set.peers.map((member) => (member.id === id ? successor : member));
    this.#aside.delete(successor);
    if (before !== undefined) this.#aside.add(before);
  }

  /** From now on the manager, and what it says of the bot, is with this set. */
  promoteSet(set: ClusterSet): void {
    for (const before of this.clusters) this.#aside.add(before);
    for (const member of set.peers) this.#aside.delete(member);
    this.manager.set = set;
  }

  /** A process that stood aside is gone. */
  forget(member: Peer): void {
    this.#aside.delete(member);
  }

  /** Whom `source` means by an id; `undefined` for one that nobody has. */
  memberOf(source: Peer, id: number): Peer | undefined {
    return id === MANAGER_ID ? this.manager : source.set.peers[id];
  }

  /** A process, if it is still there. */
  processOf(id: number, generation: number): Peer | undefined {
    const member = id === MANAGER_ID ? this.manager : this.clusters[id];
    if (member?.generation === generation) return member;
    for (const aside of this.#aside) if (aside.id === id && aside.generation === generation) return aside;
    return undefined;
  }

  /** The link of a process, if it is still there. */
  linkOf(id: number, generation: number): Link | undefined {
    return this.processOf(id, generation)?.link;
  }

  /** The handler or event a frame names; `undefined`: a number nobody was given, or a frame too short. */
  nameIn(header: FrameHeader, bytes: Buffer, start: number, end: number): string | undefined {
    const from = bodyStart(header, bytes, start, end);
    if (from === undefined) return undefined;
    return from === start ? this.#names.table.nameOf(header.name) : inlineName(bytes, start);
  }

  setState(member: Peer, state: PeerState): void {
    member.state = state;
    if (member.isActive) this.tellState(member);
  }

  /** Tells all who see it how far a cluster has come. */
  tellState({ id, state, set }: Peer): void {
    const peers: PeerEntry[] = [[id, state]];
    for (const other of this.#everyone()) if (other.set === set) this.tell(other, Kind.peer, { peers });
  }

  /** Numbers the names of a registration, and tells everyone what is new. */
  register(member: Peer, registration: Registration): void {
    const own = member.handlersWhenReady ?? member.handlers;
    for (const name of registration.handlers) own.add(name);
    this.#spread(this.#agreements.register(member, registration));
  }

  unregister(member: Peer, names: readonly string[]): void {
    const own = member.handlersWhenReady ?? member.handlers;
    for (const name of names) own.delete(name);
    this.#spread(this.#agreements.unregister(member, names));
  }

  /** The process behind a member answers and hears nothing any more. */
  forgetNames(member: Peer): void {
    member.handlers.clear();
    member.handlersWhenReady = undefined;
    this.#spread(this.#agreements.forget(member));
  }

  /** Contracts that differ between processes, each reported once. */
  takeSkews(): readonly ContractSkew[] {
    return this.#agreements.takeSkews();
  }

  welcome(member: Peer): void {
    const names = [...this.#names.table.entries()];
    const peers: PeerEntry[] = member.set.peers.map(({ id, state }) => [id, state]);
    const agreements = this.#agreements.all();
    this.tell(member, Kind.welcome, { names, peers, agreements } satisfies Welcome);
  }

  #spread(news: News): void {
    if (news.names.length === 0 && news.agreements.length === 0) return;
    for (const other of this.#everyone()) this.tell(other, Kind.names, news);
  }

  /** A control frame. */
  tell(member: Peer, kind: Kind, body?: object): void {
    this.#send(
      member,
      kind,
      { correlation: 0, peer: MANAGER_ID },
      body === undefined ? undefined : JSON.stringify(body),
    );
  }

  /** A word about one call, which carries nothing but its number, its time and whom it was for. */
  notify(member: Peer, kind: Kind, correlation: number, remainingMs = 0, peer = MANAGER_ID): void {
    this.#send(member, kind, { correlation, peer, remainingMs }, undefined);
  }

  /** Ends a call of `caller`; `clusterId` is whom it had asked. */
  refuse(caller: Peer, correlation: number, clusterId: number, code: IPCErrorCode): void {
    this.#send(caller, Kind.rejected, { correlation, peer: clusterId }, JSON.stringify({ code }));
  }

  /** Ends a call that was on its way, if the process that asked is still there. */
  refuseFlight({ caller, callerGeneration, correlation, target }: InFlightRequest, code: IPCErrorCode): void {
    const member = this.processOf(caller.id, callerGeneration);
    if (member !== undefined) this.refuse(member, correlation, target.id, code);
  }

  #send(member: Peer, kind: Kind, to: Addressing, text: string | undefined): void {
    const header = this.#header;
    header.kind = kind;
    header.flags = text === undefined ? Codec.none : Codec.json;
    header.peer = to.peer;
    header.correlation = to.correlation;
    header.remainingMs = to.remainingMs ?? 0;
    header.generation = member.generation;
    member.link?.send(header, undefined, text);
  }

  #everyone(): readonly Peer[] {
    return [this.manager, ...this.clusters, ...this.#aside];
  }
}
