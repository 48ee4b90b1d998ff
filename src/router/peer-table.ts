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
import type { MemberEntry, MemberState, Registration, Welcome } from '../wire/control.js';
import { Codec, emptyHeader, Kind } from '../wire/frame.js';
import type { FrameHeader } from '../wire/frame.js';
import type { Flight } from './in-flight.js';
import { Agreements } from './layout-negotiation.js';
import type { ContractSkew, News } from './layout-negotiation.js';
import { Member } from './peer.js';
import type { ClusterSet } from './peer.js';
import { NameRegistry } from './name-registry.js';

/** What the manager fills into a header of its own. */
interface Addressing {
  readonly correlation: number;
  readonly peer: number;
  readonly remainingMs?: number;
}

export class Roster {
  readonly manager = new Member(MANAGER_ID, { members: [] });
  readonly #names = new NameRegistry();
  readonly #agreements = new Agreements(this.#names);
  /** The header of everything the manager itself says. */
  readonly #header: FrameHeader = emptyHeader(Kind.refused);
  /** Processes that nobody calls: those that stand by, and those that are leaving. */
  readonly #aside = new Set<Member>();

  constructor() {
    this.manager.state = 'ready';
  }

  /** The bot as the manager sees it. */
  get clusters(): readonly Member[] {
    return this.manager.set.members;
  }

  /** How many clusters there are. Known ones stay what they are. */
  resize(totalClusters: number): void {
    const { set } = this.manager;
    set.members = Array.from({ length: totalClusters }, (_, id) => set.members[id] ?? new Member(id, set));
  }

  /** A process of a cluster that has one already. It sees the bot as the others do. */
  addSuccessor(id: number): Member {
    const successor = new Member(id, this.manager.set);
    this.#aside.add(successor);
    return successor;
  }

  /** A second set of clusters, which see only each other. */
  addSet(totalClusters: number): readonly Member[] {
    const set: ClusterSet = { members: [] };
    set.members = Array.from({ length: totalClusters }, (_, id) => new Member(id, set));
    for (const member of set.members) this.#aside.add(member);
    return set.members;
  }

  /** From now on it is this process that is called. Whoever was called before stands aside. */
  promote(successor: Member): void {
    const { set, id } = successor;
    const before = set.members[id];
    set.members = set.members.map((member) => (member.id === id ? successor : member));
    this.#aside.delete(successor);
    if (before !== undefined) this.#aside.add(before);
  }

  /** From now on the manager, and what it says of the bot, is with this set. */
  promoteSet(set: ClusterSet): void {
    for (const before of this.clusters) this.#aside.add(before);
    for (const member of set.members) this.#aside.delete(member);
    this.manager.set = set;
  }

  /** A process that stood aside is gone. */
  forget(member: Member): void {
    this.#aside.delete(member);
  }

  /** Whom `source` means by an id; `undefined` for one that nobody has. */
  memberOf(source: Member, id: number): Member | undefined {
    return id === MANAGER_ID ? this.manager : source.set.members[id];
  }

  /** A process, if it is still there. */
  processOf(id: number, generation: number): Member | undefined {
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

  setState(member: Member, state: MemberState): void {
    member.state = state;
    if (member.isRouted) this.tellState(member);
  }

  /** Tells all who see it how far a cluster has come. */
  tellState({ id, state, set }: Member): void {
    const members: MemberEntry[] = [[id, state]];
    for (const other of this.#everyone()) if (other.set === set) this.tell(other, Kind.member, { members });
  }

  /** Numbers the names of a registration, and tells everyone what is new. */
  register(member: Member, registration: Registration): void {
    const own = member.warming ?? member.handlers;
    for (const name of registration.handlers) own.add(name);
    this.#spread(this.#agreements.register(member, registration));
  }

  unregister(member: Member, names: readonly string[]): void {
    const own = member.warming ?? member.handlers;
    for (const name of names) own.delete(name);
    this.#spread(this.#agreements.unregister(member, names));
  }

  /** The process behind a member answers and hears nothing any more. */
  forgetNames(member: Member): void {
    member.handlers.clear();
    member.warming = undefined;
    this.#spread(this.#agreements.forget(member));
  }

  /** Contracts that differ between processes, each reported once. */
  takeSkews(): readonly ContractSkew[] {
    return this.#agreements.takeSkews();
  }

  welcome(member: Member): void {
    const names = [...this.#names.table.entries()];
    const members: MemberEntry[] = member.set.members.map(({ id, state }) => [id, state]);
    const agreements = this.#agreements.all();
    this.tell(member, Kind.welcome, { names, members, agreements } satisfies Welcome);
  }

  #spread(news: News): void {
    if (news.names.length === 0 && news.agreements.length === 0) return;
    for (const other of this.#everyone()) this.tell(other, Kind.names, news);
  }

  /** A control frame. */
  tell(member: Member, kind: Kind, body?: object): void {
    this.#send(
      member,
      kind,
      { correlation: 0, peer: MANAGER_ID },
      body === undefined ? undefined : JSON.stringify(body),
    );
  }

  /** A word about one call, which carries nothing but its number, its time and whom it was for. */
  notify(member: Member, kind: Kind, correlation: number, remainingMs = 0, peer = MANAGER_ID): void {
    this.#send(member, kind, { correlation, peer, remainingMs }, undefined);
  }

  /** Ends a call of `caller`; `clusterId` is whom it had asked. */
  refuse(caller: Member, correlation: number, clusterId: number, code: IPCErrorCode): void {
    this.#send(caller, Kind.refused, { correlation, peer: clusterId }, JSON.stringify({ code }));
  }

  /** Ends a call that was on its way, if the process that asked is still there. */
  refuseFlight({ caller, callerGeneration, correlation, target }: Flight, code: IPCErrorCode): void {
    const member = this.processOf(caller.id, callerGeneration);
    if (member !== undefined) this.refuse(member, correlation, target.id, code);
  }

  #send(member: Member, kind: Kind, to: Addressing, text: string | undefined): void {
    const header = this.#header;
    header.kind = kind;
    header.flags = text === undefined ? Codec.none : Codec.json;
    header.peer = to.peer;
    header.correlation = to.correlation;
    header.remainingMs = to.remainingMs ?? 0;
    header.generation = member.generation;
    member.link?.send(header, undefined, text);
  }

  #everyone(): readonly Member[] {
    return [this.manager, ...this.clusters, ...this.#aside];
  }
}
