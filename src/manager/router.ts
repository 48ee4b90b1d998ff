/**
 * Router: decides by a frame's header alone which link it leaves by.
 *
 * Never parses a payload, forks nothing and knows no Discord. It trusts no cluster: the source of a frame is
 * the link it came on, an answer counts only from the process that was asked, and what makes no sense ends
 * the link it came on. What is not a call or an event is handed to the `RouterListener`.
 */
import type { IPCErrorCode } from '../errors.js';
import { linkLimits } from '../ipc/limits.js';
import type { Limits } from '../ipc/limits.js';
import type { Link, LinkEnd } from '../link/link.js';
import { ALL_CLUSTERS, ANY_CLUSTER, MANAGER_ID } from '../wire/address.js';
import { bodyStart, bodyText, inlineName } from '../wire/body.js';
import { parseIdentifyRequest, parseRegistration } from '../wire/control.js';
import type { IdentifyRequest, MemberEntry, MemberState, NameEntry, Welcome } from '../wire/control.js';
import { Codec, DO_NOT_WAIT, emptyHeader, Kind } from '../wire/frame.js';
import type { FrameHeader } from '../wire/frame.js';
import { Flights } from './flights.js';
import type { Flight } from './flights.js';
import { Member } from './member.js';
import { NameRegistry } from './name-registry.js';
import { routeToAny, routeToOne } from './route.js';
import type { Route } from './route.js';
import { WaitingCalls } from './waiting-calls.js';
import type { WaitingCall } from './waiting-calls.js';

/** What the supervisor wants to hear of. */
export interface RouterListener {
  /** A cluster is up: its hello has come. */
  up?(clusterId: number): void;
  ready?(clusterId: number): void;
  identify?(clusterId: number, request: IdentifyRequest): void;
  identifyCancel?(clusterId: number, request: IdentifyRequest): void;
  /** A cluster's link has ended; its calls are settled. */
  linkEnd?(clusterId: number, how: LinkEnd): void;
  /** An event was dropped because its receiver does not read. */
  eventDropped?(clusterId: number, event: string): void;
}

export class Router {
  readonly #listener: RouterListener;
  readonly #limits: Limits;
  #clusters: readonly Member[] = [];
  readonly #manager = new Member(MANAGER_ID);
  readonly #flights = new Flights();
  readonly #waiting: WaitingCalls;
  readonly #names = new NameRegistry();
  readonly #own: FrameHeader = emptyHeader(Kind.refused);
  #lastChosen = -1;
  #closing = false;

  constructor(limits: Limits, listener: RouterListener = {}) {
    this.#limits = limits;
    this.#listener = listener;
    this.#waiting = new WaitingCalls(limits.maxWaitingCalls, linkLimits(limits).maxQueuedBytes);
  }

  /** Calls on their way or worked on. */
  get flightCount(): number {
    return this.#flights.size;
  }

  get waitingCount(): number {
    return this.#waiting.size;
  }

  inFlightTo(clusterId: number): number {
    return this.#clusters[clusterId]?.inFlight ?? 0;
  }

  stateOf(clusterId: number): MemberState | undefined {
    return this.#clusters[clusterId]?.state;
  }

  /** How many clusters there are. Known ones stay what they are. */
  resize(totalClusters: number): void {
    this.#clusters = Array.from({ length: totalClusters }, (_, id) => this.#clusters[id] ?? new Member(id));
  }

  /** The manager's own endpoint: reached by its id only, and never counted among the clusters. */
  attachManager(link: Link): void {
    this.#manager.state = 'ready';
    this.#listen(this.#manager, link);
  }

  /** A process for this cluster was started. It is up once its hello comes. */
  attach(clusterId: number, generation: number, link: Link): void {
    const member = this.#clusters[clusterId];
    if (member === undefined) throw new RangeError(`There is no cluster ${clusterId}`);
    member.generation = generation;
    this.#setState(member, 'starting');
    this.#listen(member, link);
  }

  /** The process is gone: settles all its calls. `next` says whether another one will come. */
  detach(clusterId: number, next: 'starting' | 'stopped'): void {
    const member = this.#clusters[clusterId];
    if (member === undefined) return;
    this.#abandon(member);
    this.#setState(member, next);
  }

  /** From now on new calls are refused; what is in flight may end. */
  close(): void {
    this.#closing = true;
    for (const call of this.#waiting.take(() => true)) this.#refuseWaiting(call, 'SHUTTING_DOWN');
  }

  /** Sends a control frame to a cluster; nothing happens if it has no process. */
  tell(clusterId: number, kind: Kind, body?: object): void {
    const member = this.#clusters[clusterId];
    if (member !== undefined) this.#tell(member, kind, body);
  }

  #listen(member: Member, link: Link): void {
    member.link = link;
    link.listen({
      frame: (header, bytes, start, end) => {
        if (member.link === link) this.#frame(member, header, bytes, start, end);
      },
      end: (how) => {
        if (member.link !== link) return;
        this.#abandon(member);
        this.#listener.linkEnd?.(member.id, how);
      },
    });
  }

  #frame(source: Member, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    switch (header.kind) {
      case Kind.request:
        return this.#request(source, header, bytes, start, end);
      case Kind.value:
      case Kind.thrown:
      case Kind.refused:
        return this.#answer(source, header, bytes, start, end);
      case Kind.cancel:
        return this.#cancel(source, header.correlation);
      case Kind.event:
        return this.#event(source, header, bytes, start, end);
      case Kind.ack:
        return this.#ack(source, header, bytes, start, end);
      default:
        return this.#control(source, header, bytes, start, end);
    }
  }

  // ---------------------------------------------------------------- calls

  #request(source: Member, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    const from = bodyStart(header, bytes, start, end);
    const name = from === undefined ? undefined : this.#nameOf(header, bytes, start, from);
    if (name === undefined) {
      this.#garbage(source, 'a request that names no handler');
      return;
    }
    if (header.peer === ALL_CLUSTERS) {
      this.#requestAll(source, header, bytes, start, end);
      return;
    }
    const target = header.peer === ANY_CLUSTER ? undefined : this.#memberOf(header.peer);
    if (target === undefined && header.peer !== ANY_CLUSTER) this.#refuse(source, header, 'CLUSTER_NOT_FOUND');
    else if (this.#closing) this.#refuse(source, header, 'SHUTTING_DOWN');
    else this.#follow(this.#route(target, name), target, source, { header, name, bytes, start, end });
  }

  #route(target: Member | undefined, name: string): Route<Member> {
    return target === undefined
      ? routeToAny(this.#clusters, name, this.#lastChosen)
      : routeToOne(target, name);
  }

  #follow(route: Route<Member>, target: Member | undefined, source: Member, request: Request): void {
    const { header, bytes, start, end } = request;
    switch (route.to) {
      case 'cluster':
        if (target === undefined) this.#lastChosen = route.target.id;
        return this.#launch(source, route.target, header, bytes, start, end);
      case 'refuse':
        return this.#refuse(source, header, route.code);
      case 'wait':
        if ((header.flags & DO_NOT_WAIT) !== 0) return this.#refuse(source, header, 'CLUSTER_UNAVAILABLE');
        return this.#hold(target, source, request);
    }
  }

  /** Forwards a request under a number of the manager's own. */
  #launch(source: Member, target: Member, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    const { link } = target;
    if (link === undefined) return this.#refuse(source, header, 'CLUSTER_UNAVAILABLE', target.id);
    if (target.inFlight >= this.#limits.maxInFlight || link.full) {
      return this.#refuse(source, header, 'OVERLOADED', target.id);
    }
    const { correlation } = header;
    const flight = this.#flights.open(source, correlation, target);
    if (source === target) {
      this.#answerTo(source, Kind.yours, correlation);
      return;
    }
    const { peer } = header;
    header.peer = source.id;
    header.correlation = flight.id;
    header.generation = source.generation;
    link.forward(header, bytes, start, end);
    header.peer = peer;
    header.correlation = correlation;
  }

  #requestAll(source: Member, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    for (const target of this.#clusters) {
      if (target === source) continue;
      if (this.#closing) this.#refuse(source, header, 'SHUTTING_DOWN', target.id);
      else if (!target.isUp) this.#refuse(source, header, 'CLUSTER_UNAVAILABLE', target.id);
      else this.#launch(source, target, header, bytes, start, end);
    }
  }

  #answer(source: Member, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    const flight = this.#flights.answerable(header.correlation, source);
    if (flight === undefined) return; // Late, repeated or invented: nobody waits for it.
    this.#flights.free(flight);
    const link = this.#callerLink(flight);
    if (link === undefined) return;
    if (link.full) {
      // The caller does not read: it gets a word that fits, so that its answers do not pile up here.
      this.#refuseFlight(flight, 'OVERLOADED');
      return;
    }
    header.peer = source.id;
    header.correlation = flight.correlation;
    header.generation = flight.callerGeneration;
    link.forward(header, bytes, start, end);
  }

  /** Whoever asked has stopped waiting: those who work on it are told, those who wait are taken out. */
  #cancel(source: Member, correlation: number): void {
    for (const flight of this.#flights.askedBy(source, correlation)) {
      this.#flights.free(flight);
      if (flight.target !== source) this.#cancelAtTarget(flight);
    }
    this.#waiting.take(({ caller, header }) => caller === source && header.correlation === correlation);
  }

  #cancelAtTarget({ id, target, targetGeneration }: Flight): void {
    const member = this.#memberOf(target.id);
    if (member?.generation === targetGeneration) this.#answerTo(member, Kind.cancel, id);
  }

  // ---------------------------------------------------------------- calls that wait

  #hold(target: Member | undefined, source: Member, { header, name, bytes, start, end }: Request): void {
    const call: WaitingCall = {
      header: { ...header },
      name,
      body: Buffer.from(bytes.subarray(start, end)),
      caller: source,
      callerGeneration: source.generation,
      target,
      since: performance.now(),
    };
    if (this.#waiting.add(call)) this.#answerTo(source, Kind.held, header.correlation);
    else this.#refuse(source, header, 'OVERLOADED');
  }

  /** Something has changed: lets go those that need not wait any more. */
  #releaseWaiting(): void {
    if (this.#waiting.size === 0) return;
    for (const call of this.#waiting.take(({ target, name }) => this.#route(target, name).to !== 'wait')) {
      const { caller, target, name, body } = call;
      if (caller.generation !== call.callerGeneration) continue;
      const waitedMs = Math.floor(performance.now() - call.since);
      const header = { ...call.header, remainingMs: Math.max(1, call.header.remainingMs - waitedMs) };
      this.#answerTo(caller, Kind.released, header.correlation);
      // Asked anew: the calls released before this one have changed who has the fewest flights.
      const route = this.#route(target, name);
      this.#follow(route, target, caller, { header, name, bytes: body, start: 0, end: body.length });
    }
  }

  #refuseWaiting(call: WaitingCall, code: IPCErrorCode): void {
    if (call.caller.generation === call.callerGeneration) this.#refuse(call.caller, call.header, code);
  }

  // ---------------------------------------------------------------- events

  #event(source: Member, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    const { peer } = header;
    header.peer = source.id;
    header.generation = source.generation;
    if (peer === ALL_CLUSTERS) {
      for (const target of this.#clusters) {
        if (target !== source && target.isUp) this.#deliver(target, header, bytes, start, end);
      }
      if (source !== this.#manager) this.#deliver(this.#manager, header, bytes, start, end);
      return;
    }
    const target = this.#memberOf(peer);
    if (target?.isUp === true) this.#deliver(target, header, bytes, start, end);
  }

  #deliver(target: Member, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    const { link } = target;
    if (link === undefined) return;
    if (link.full) {
      const from = bodyStart(header, bytes, start, end) ?? start;
      this.#listener.eventDropped?.(target.id, this.#nameOf(header, bytes, start, from) ?? '');
    } else link.forward(header, bytes, start, end);
  }

  /** An ack goes to the generation that asked; to its successor it would mean another broadcast. */
  #ack(source: Member, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    const target = this.#memberOf(header.peer);
    if (target?.link === undefined || target.generation !== header.generation || source === this.#manager) return;
    header.peer = source.id;
    target.link.forward(header, bytes, start, end);
  }

  // ---------------------------------------------------------------- control

  #control(source: Member, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    const text = bodyText(header, bytes, start, end);
    try {
      this.#obey(source, header.kind, text);
    } catch (error) {
      this.#garbage(source, error instanceof Error ? error.message : String(error));
    }
  }

  #obey(source: Member, kind: Kind, text: string | undefined): void {
    switch (kind) {
      case Kind.hello:
        return this.#hello(source, text);
      case Kind.register:
        return this.#register(source, text);
      case Kind.unregister: {
        for (const name of parseRegistration(text).handlers) source.handlers.delete(name);
        return;
      }
      case Kind.ready:
        return this.#ready(source);
      case Kind.identify:
        return this.#listener.identify?.(source.id, parseIdentifyRequest(text));
      case Kind.identifyCancel:
        return this.#listener.identifyCancel?.(source.id, parseIdentifyRequest(text));
      default:
        throw new TypeError(`a frame of kind ${kind}, which no cluster sends`);
    }
  }

  #hello(source: Member, text: string | undefined): void {
    this.#register(source, text);
    const welcome: Welcome = { names: [...this.#names.table.entries()], members: this.#memberEntries() };
    this.#tell(source, Kind.welcome, welcome);
    if (source === this.#manager || source.state !== 'starting') return;
    this.#setState(source, 'up');
    this.#listener.up?.(source.id);
  }

  #register(source: Member, text: string | undefined): void {
    const { handlers, events } = parseRegistration(text);
    for (const name of handlers) source.handlers.add(name);
    this.#publishNames(this.#names.intern([...handlers, ...events]));
    this.#releaseWaiting();
  }

  #ready(source: Member): void {
    if (source.state !== 'up') return;
    this.#setState(source, 'ready');
    this.#listener.ready?.(source.id);
  }

  /** A number is published before any frame uses it: every link keeps order. */
  #publishNames(names: readonly NameEntry[]): void {
    if (names.length === 0) return;
    for (const member of this.#everyone()) this.#tell(member, Kind.names, { names });
  }

  #setState(member: Member, state: MemberState): void {
    if (member.state === state) return;
    member.state = state;
    const members: MemberEntry[] = [[member.id, state]];
    for (const other of this.#everyone()) this.#tell(other, Kind.member, { members });
    this.#releaseWaiting();
  }

  #memberEntries(): MemberEntry[] {
    return this.#clusters.map(({ id, state }) => [id, state]);
  }

  // ---------------------------------------------------------------- ends

  /** The process behind a member is gone, or must not be believed any more: nobody may wait for it. */
  #abandon(member: Member): void {
    const { link } = member;
    member.link = undefined;
    member.handlers.clear();
    for (const flight of this.#flights.involving(member)) {
      this.#flights.free(flight);
      if (flight.caller === member) this.#cancelAtTarget(flight);
      else this.#refuseFlight(flight, 'CLUSTER_DIED');
    }
    this.#waiting.take(({ caller }) => caller === member);
    // No more events and calls until there is a process again.
    if (member.isUp) this.#setState(member, 'starting');
    link?.close();
  }

  #garbage(source: Member, reason: string): void {
    this.#abandon(source);
    this.#listener.linkEnd?.(source.id, { by: 'garbage', reason });
  }

  // ---------------------------------------------------------------- sending

  #refuse(source: Member, header: Readonly<FrameHeader>, code: IPCErrorCode, clusterId = header.peer): void {
    this.#send(source, Kind.refused, header.correlation, clusterId, JSON.stringify({ code }));
  }

  #refuseFlight(flight: Flight, code: IPCErrorCode): void {
    const caller = this.#memberOf(flight.caller.id);
    if (caller === undefined || this.#callerLink(flight) === undefined) return;
    this.#send(caller, Kind.refused, flight.correlation, flight.target.id, JSON.stringify({ code }));
  }

  #answerTo(member: Member, kind: Kind, correlation: number): void {
    this.#send(member, kind, correlation, MANAGER_ID, undefined);
  }

  #tell(member: Member, kind: Kind, body: object | undefined): void {
    this.#send(member, kind, 0, MANAGER_ID, body === undefined ? undefined : JSON.stringify(body));
  }

  #send(member: Member, kind: Kind, correlation: number, peer: number, text: string | undefined): void {
    const header = this.#own;
    header.kind = kind;
    header.flags = text === undefined ? Codec.none : Codec.json;
    header.peer = peer;
    header.correlation = correlation;
    header.generation = member.generation;
    member.link?.send(header, undefined, text);
  }

  /** The link of who asked, if it is still the process that asked. */
  #callerLink({ caller, callerGeneration }: Flight): Link | undefined {
    const member = this.#memberOf(caller.id);
    return member?.generation === callerGeneration ? member.link : undefined;
  }

  #memberOf(id: number): Member | undefined {
    return id === MANAGER_ID ? this.#manager : this.#clusters[id];
  }

  #everyone(): Member[] {
    return [this.#manager, ...this.#clusters];
  }

  #nameOf(header: FrameHeader, bytes: Buffer, start: number, from: number): string | undefined {
    return from === start ? this.#names.table.nameOf(header.name) : inlineName(bytes, start);
  }
}

/** A request frame in the router's hands. */
interface Request {
  readonly header: FrameHeader;
  readonly name: string;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}
