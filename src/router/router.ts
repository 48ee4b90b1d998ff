/**
 * Router: decides by a frame's header alone which link it leaves by.
 *
 * Never parses a payload, forks nothing and knows no Discord. It trusts no cluster: the source of a frame is
 * the link it came on, and what makes no sense ends the link it came on. Calls and events have routers of
 * their own; this one listens to the links, keeps the roster right and hands the rest to its listener.
 */
import type { Limits } from '../limits.js';
import type { Link, LinkEnd } from '../link/link.js';
import { bodyText } from '../wire/body.js';
import type { IdentifyRequest, PeerState, Registration } from '../wire/control.js';
import { Kind } from '../wire/frame.js';
import type { FrameHeader } from '../wire/frame.js';
import type { ContractSkew } from './layout-negotiation.js';
import { CallRouter } from './call-router.js';
import { readWord } from './control-messages.js';
import type { ClusterWord, RouterWord } from './control-messages.js';
import { EventRouter } from './event-router.js';
import type { Peer } from './peer.js';
import { PeerTable } from './peer-table.js';
import { JobAssignments } from './job-assignments.js';
import type { JobUpdate } from './job-assignments.js';

/** Names one process. */
export interface ProcessKey {
  readonly id: number;
  readonly generation: number;
}

/** What the manager wants to hear of. */
export interface RouterListener {
  /** Those who are called under this id have come further, or are gone. Told before anyone else can act on it. */
  state?(clusterId: number, state: PeerState): void;
  /** A process is up. */
  hello?(from: ProcessKey): void;
  /** A process' client is ready. */
  ready?(from: ProcessKey): void;
  identify?(from: ProcessKey, request: IdentifyRequest): void;
  identifyCancel?(from: ProcessKey, request: IdentifyRequest): void;
  identified?(from: ProcessKey, request: IdentifyRequest): void;
  said?(from: ProcessKey, word: ClusterWord): void;
  /** Work that one process does for all has come further. */
  work?(from: ProcessKey, news: JobUpdate): void;
  /** The link of a process has ended; its calls are settled. */
  linkEnd?(from: ProcessKey, how: LinkEnd): void;
  /** Contracts of processes that live side by side differ. Each difference is told once. */
  contractSkew?(skews: readonly ContractSkew[]): void;
  /** An event was dropped because its receiver does not read. */
  eventDropped?(clusterId: number, event: string): void;
}

/** One process among those of its id: the one that is called (a mere id), or a certain one. */
export type PeerRef = number | Peer;

export class Router {
  readonly #listener: RouterListener;
  readonly #roster = new PeerTable();
  readonly #calls: CallRouter;
  readonly #events: EventRouter;
  readonly #work: JobAssignments<Peer>;

  constructor(limits: Limits, listener: RouterListener = {}) {
    this.#listener = listener;
    this.#calls = new CallRouter(this.#roster, limits);
    this.#events = new EventRouter(this.#roster, (id, event) => listener.eventDropped?.(id, event));
    this.#work = new JobAssignments<Peer>({
      mayRun: (member) =>
        member.isActive && member.set === this.#roster.manager.set && member.state === 'ready',
      tell: (member, order) => this.#roster.tell(member, Kind.jobOrder, order),
      news: (member, news) => listener.work?.(member, news),
    });
  }

  /** Calls on their way or worked on. */
  get flightCount(): number {
    return this.#calls.flightCount;
  }

  /** Calls that were given to a process, since the start; a call to all counts once for each. */
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

  /** Which cluster does which of the work that one does for all. */
  get workers(): Readonly<Record<string, number>> {
    return this.#work.workers;
  }

  /** Calls on their way to one cluster or worked on by it. */
  inFlightTo(which: PeerRef): number {
    return this.#find(which)?.inFlight ?? 0;
  }

  /** How many calls the present process was given. */
  callsTo(which: PeerRef): number {
    return this.#find(which)?.calls ?? 0;
  }

  stateOf(which: PeerRef): PeerState | undefined {
    return this.#find(which)?.state;
  }

  /** How many clusters there are. Known ones stay what they are. */
  resize(totalClusters: number): void {
    this.#roster.resize(totalClusters);
  }

  /** The manager's own endpoint: reached by its id only, and never counted among the clusters. */
  attachManager(link: Link): void {
    this.#listen(this.#roster.manager, link);
  }

  /** A process was started for this cluster. It is up once its hello comes. */
  attach(which: PeerRef, generation: number, link: Link): Peer {
    const member = this.#find(which);
    if (member === undefined) throw new RangeError(`There is no cluster ${which as number}`);
    member.generation = generation;
    member.isDraining = false;
    member.calls = 0;
    this.#setState(member, 'starting');
    this.#listen(member, link);
    return member;
  }

  /** A place for a second process of a cluster: it may call, but is not called until it is promoted. */
  addSuccessor(clusterId: number): Peer {
    return this.#roster.addSuccessor(clusterId);
  }

  /** Places for a second set of clusters, which see only each other until they are promoted. */
  addSet(totalClusters: number): readonly Peer[] {
    return this.#roster.addSet(totalClusters);
  }

  /**
   * From now on calls and events for its id go to this process, in one step; what is in flight to the one before
   * ends there. Calls to one that is up but not ready wait until it is; events do not.
   */
  promote(successor: Peer): void {
    this.#warm(successor);
    this.#roster.promote(successor);
    this.#tellPlace(successor);
    this.#calls.releaseWaiting();
    this.#work.review();
  }

  /** The same for a whole set. Those of the set before see each other until the last of them is gone. */
  promoteSet(members: readonly Peer[]): void {
    const [first] = members;
    if (first === undefined) return;
    for (const member of members) this.#warm(member);
    this.#roster.promoteSet(first.set);
    for (const member of members) this.#tellPlace(member);
    this.#calls.releaseWaiting();
    this.#work.review();
  }

  /** The process is gone: settles all its calls. `next` says whether another one will come. */
  detach(which: PeerRef, next: 'starting' | 'stopped'): void {
    const member = this.#find(which);
    if (member === undefined) return;
    this.#abandon(member);
    this.#setState(member, next);
    if (next === 'stopped') this.#roster.forget(member);
    this.#work.gone(member);
  }

  /**
   * Lets no new calls and events through to a cluster; what is in flight may end, and it may still call others.
   * `next` says whether those who call it wait for its next process.
   */
  drain(which: PeerRef, next: 'starting' | 'stopped'): void {
    const member = this.#find(which);
    if (member === undefined) return;
    member.isDraining = true;
    this.#setState(member, next);
  }

  /** Whether no call to a process or of a process is on its way, and it does no work for all. */
  isIdle(which: PeerRef): boolean {
    const member = this.#find(which);
    if (member === undefined) return true;
    return member.inFlight === 0 && member.asked.size === 0 && !this.#work.isWorker(member);
  }

  /** From now on new calls are refused; what is in flight may end. Work moves to nobody any more. */
  close(): void {
    this.#calls.close();
    this.#work.close();
  }

  /** Sends a control frame to a process; nothing happens if there is none. */
  tell(which: PeerRef, kind: Kind, body?: object): void {
    const member = this.#find(which);
    if (member !== undefined) this.#roster.tell(member, kind, body);
  }

  #find(which: PeerRef): Peer | undefined {
    return typeof which === 'number' ? this.#roster.clusters[which] : which;
  }

  #warm(member: Peer): void {
    if (member.state === 'ready') return;
    member.handlersWhenReady = new Set(member.handlers);
    member.handlers.clear();
  }

  #tellPlace(member: Peer): void {
    this.#roster.tellState(member);
    this.#listener.state?.(member.id, member.state);
  }

  #listen(member: Peer, link: Link): void {
    member.link = link;
    link.listen({
      frame: (header, bytes, start, end) => {
        if (member.link === link) this.#frame(member, header, bytes, start, end);
      },
      end: (how) => {
        if (member.link === link) this.#end(member, how);
      },
    });
  }

  #frame(source: Peer, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    switch (header.kind) {
      case Kind.request: {
        const name = this.#roster.nameIn(header, bytes, start, end);
        if (name === undefined)
          this.#end(source, { by: 'garbage', reason: 'a request that names no handler' });
        else this.#calls.request(source, { header, name, bytes, start, end });
        return;
      }
      case Kind.result:
      case Kind.error:
      case Kind.rejected:
      case Kind.resendKeyed:
        return this.#calls.answer(source, header, bytes, start, end);
      case Kind.cancel:
        return this.#calls.cancel(source, header.correlation);
      case Kind.event:
        return this.#events.event(source, header, bytes, start, end);
      case Kind.ack:
        return this.#events.ack(source, header, bytes, start, end);
      default:
        return this.#control(source, header.kind, bodyText(header, bytes, start, end));
    }
  }

  #control(source: Peer, kind: Kind, text: string | undefined): void {
    let word: RouterWord | ClusterWord;
    try {
      word = readWord(kind, text);
    } catch (error) {
      this.#end(source, { by: 'garbage', reason: error instanceof Error ? error.message : String(error) });
      return;
    }
    // Not in the `try`: what the user's own listeners throw is no reason to end a cluster's link.
    this.#hear(source, word);
  }

  #hear(source: Peer, word: RouterWord | ClusterWord): void {
    switch (word.is) {
      case 'hello':
        return this.#hello(source, word.registration);
      case 'register':
        return this.#register(source, word.registration);
      case 'unregister':
        return this.#roster.unregister(source, word.registration.handlers);
      case 'ready':
        return this.#ready(source);
      case 'identify':
      case 'identifyCancel':
      case 'identified':
        return this.#listener[word.is]?.(source, word.request);
      case 'work':
        return this.#work.heard(source, word.word);
      default:
        return this.#listener.said?.(source, word);
    }
  }

  #register(source: Peer, registration: Registration): void {
    this.#roster.register(source, registration);
    this.#reportSkews();
    this.#calls.releaseWaiting();
  }

  #reportSkews(): void {
    const skews = this.#roster.takeSkews();
    if (skews.length > 0) this.#listener.contractSkew?.(skews);
  }

  #hello(source: Peer, registration: Registration): void {
    this.#roster.register(source, registration);
    this.#reportSkews();
    this.#roster.welcome(source);
    if (source === this.#roster.manager || source.isDraining || source.state !== 'starting') return;
    this.#setState(source, 'up');
    this.#listener.hello?.(source);
  }

  #ready(source: Peer): void {
    if (source.state !== 'up') return;
    for (const name of source.handlersWhenReady ?? []) source.handlers.add(name);
    source.handlersWhenReady = undefined;
    this.#setState(source, 'ready');
    this.#listener.ready?.(source);
  }

  #setState(member: Peer, state: PeerState): void {
    if (member.state === state) return;
    this.#roster.setState(member, state);
    if (member.isActive && member.set === this.#roster.manager.set) this.#listener.state?.(member.id, state);
    this.#calls.releaseWaiting();
    this.#work.review();
  }

  #end(member: Peer, how: LinkEnd): void {
    this.#abandon(member);
    this.#listener.linkEnd?.(member, how);
  }

  /** The process behind a member is gone, or is not to be believed any more. */
  #abandon(member: Peer): void {
    const { link } = member;
    member.link = undefined;
    this.#roster.forgetNames(member);
    this.#calls.abandon(member);
    // No more events and calls until there is a process again.
    if (member.isUp) this.#setState(member, 'starting');
    link?.close();
  }
}
