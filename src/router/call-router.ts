/**
 * Call router: requests on their way out, answers on their way back.
 *
 * A request leaves under the number of its flight; the answer is believed only from the process that was
 * asked and goes only to the process that asked. What a request needs to know of the clusters is decided in
 * `route.ts`; here it is done.
 */
import type { IPCErrorCode } from '../errors.js';
import type { Limits } from '../limits.js';
import { ALL_CLUSTERS, ANY_CLUSTER } from '../wire/address.js';
import { FAIL_FAST, Kind } from '../wire/frame.js';
import type { FrameHeader } from '../wire/frame.js';
import { InFlightRequests } from './in-flight.js';
import type { InFlightRequest } from './in-flight.js';
import type { Peer } from './peer.js';
import type { PeerTable } from './peer-table.js';
import { routeToAny, routeToOne } from './route.js';
import type { Route } from './route.js';
import { WaitingCalls } from './waiting-calls.js';
import type { WaitingCall } from './waiting-calls.js';

/** A request frame in the router's hands; `bytes[start, end)` is its body. */
export interface Request {
  readonly header: FrameHeader;
  readonly name: string;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

export class CallRouter {
  readonly #roster: PeerTable;
  readonly #limits: Limits;
  readonly #flights = new InFlightRequests();
  readonly #waiting: WaitingCalls;
  #lastChosen = -1;
  #routed = 0;
  #closing = false;

  constructor(roster: PeerTable, limits: Limits) {
    this.#roster = roster;
    this.#limits = limits;
    this.#waiting = new WaitingCalls(limits.maxWaitingCalls, limits.maxQueuedBytes);
  }

  get flightCount(): number {
    return this.#flights.size;
  }

  /** Calls that were given to a process, since the start; a call to all counts once for each. */
  get routedCount(): number {
    return this.#routed;
  }

  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** From now on requests are refused; what is in flight may end. */
  close(): void {
    this.#closing = true;
    for (const { caller, header, target } of this.#waiting.take(() => true))
      this.#refuse(caller, header, 'SHUTTING_DOWN', target?.id);
  }

  request(source: Peer, request: Request): void {
    const { header, name } = request;
    if (header.peer === ALL_CLUSTERS) {
      this.#requestAll(source, request);
      return;
    }
    const target = this.#roster.memberOf(source, header.peer);
    if (target === undefined && header.peer !== ANY_CLUSTER)
      this.#refuse(source, header, 'CLUSTER_NOT_FOUND');
    else if (this.#closing) this.#refuse(source, header, 'SHUTTING_DOWN');
    else this.#follow(this.#route(source, target, name), target, source, request);
  }

  answer(source: Peer, header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    const flight = this.#flights.answerable(header.correlation, source);
    if (flight === undefined) return; // Late, repeated or invented: nobody waits for it.
    this.#flights.free(flight);
    const link = this.#roster.linkOf(flight.caller.id, flight.callerGeneration);
    if (link === undefined) return;
    if (link.full) {
      // The caller does not read: it gets a word that is small, so that its answers do not pile up here.
      this.#roster.refuseFlight(flight, 'OVERLOADED');
      return;
    }
    header.peer = source.id;
    header.correlation = flight.correlation;
    header.generation = flight.callerGeneration;
    link.forward(header, bytes, start, end);
  }

  /** Whoever asked has stopped waiting: those who work on it are told, what waits is taken out. */
  cancel(source: Peer, correlation: number): void {
    for (const flight of this.#flights.askedBy(source, correlation)) {
      this.#flights.free(flight);
      this.#cancelAtTarget(flight);
    }
    this.#waiting.take(({ caller, header }) => caller === source && header.correlation === correlation);
  }

  /** The process behind a member is gone: nobody waits for it, and nobody works for it. */
  abandon(member: Peer): void {
    for (const flight of this.#flights.involving(member)) {
      this.#flights.free(flight);
      if (flight.caller === member) this.#cancelAtTarget(flight);
      else this.#roster.refuseFlight(flight, 'CLUSTER_DIED');
    }
    this.#waiting.take(({ caller }) => caller === member);
  }

  /** Something has changed: lets go the requests that need not wait any more. */
  releaseWaiting(): void {
    if (this.#waiting.size === 0) return;
    const calls = this.#waiting.take(
      ({ caller, target, name }) => this.#route(caller, this.#present(caller, target), name).to !== 'wait',
    );
    for (const call of calls) this.#release(call);
  }

  #route(source: Peer, target: Peer | undefined, name: string): Route<Peer> {
    return target === undefined
      ? routeToAny(source.set.peers, name, this.#lastChosen)
      : routeToOne(target, name);
  }

  /** Who has the id of a member now: the one a call waits for may have been replaced meanwhile. */
  #present(caller: Peer, target: Peer | undefined): Peer | undefined {
    return target && (this.#roster.memberOf(caller, target.id) ?? target);
  }

  #follow(route: Route<Peer>, target: Peer | undefined, source: Peer, request: Request): void {
    const { header } = request;
    switch (route.to) {
      case 'cluster':
        if (target === undefined) this.#lastChosen = route.target.id;
        return this.#launch(source, route.target, request);
      case 'refuse':
        return this.#refuse(source, header, route.code, target?.id);
      case 'wait':
        if ((header.flags & FAIL_FAST) !== 0)
          return this.#refuse(source, header, 'CLUSTER_UNAVAILABLE', target?.id);
        return this.#hold(target, source, request);
    }
  }

  /** Forwards a request under a number of the manager's own. */
  #launch(source: Peer, target: Peer, { header, bytes, start, end }: Request): void {
    const { link } = target;
    if (link === undefined) return this.#refuse(source, header, 'CLUSTER_UNAVAILABLE', target.id);
    if (target.inFlight >= this.#limits.maxInFlight || link.full) {
      return this.#refuse(source, header, 'OVERLOADED', target.id);
    }
    const { correlation, peer } = header;
    const flight = this.#flights.open(source, correlation, target);
    this.#routed += 1;
    if (source === target) {
      // The caller is its own best choice: it has the data, and says with a cancel when it is done.
      this.#roster.notify(source, Kind.serveLocally, correlation, header.remainingMs);
      return;
    }
    header.peer = source.id;
    header.correlation = flight.id;
    header.generation = source.generation;
    link.forward(header, bytes, start, end);
    // The header is the reader's, and a fan-out needs it again.
    header.peer = peer;
    header.correlation = correlation;
  }

  #requestAll(source: Peer, request: Request): void {
    const { header } = request;
    for (const target of source.set.peers) {
      if (target.id === source.id) continue;
      if (this.#closing) this.#refuse(source, header, 'SHUTTING_DOWN', target.id);
      else if (!target.isUp) this.#refuse(source, header, 'CLUSTER_UNAVAILABLE', target.id);
      else if (target.handlersWhenReady !== undefined) this.#follow({ to: 'wait' }, target, source, request);
      else this.#launch(source, target, request);
    }
  }

  #hold(target: Peer | undefined, source: Peer, { header, name, bytes, start, end }: Request): void {
    const waits = this.#waiting.add({
      header: { ...header },
      name,
      body: Buffer.from(bytes.subarray(start, end)),
      caller: source,
      target,
      since: performance.now(),
    });
    if (waits) this.#notify(source, Kind.queued, header, target);
    else this.#refuse(source, header, 'OVERLOADED', target?.id);
  }

  /** A call to all may wait for some and have run elsewhere, so the word says for whom. */
  #notify(source: Peer, kind: Kind, { correlation, peer }: Readonly<FrameHeader>, target?: Peer): void {
    this.#roster.notify(source, kind, correlation, 0, target?.id ?? peer);
  }

  #release({ header: held, name, body, caller, target: awaited, since }: WaitingCall): void {
    const target = this.#present(caller, awaited);
    const waitedMs = Math.floor(performance.now() - since);
    const header = { ...held, remainingMs: Math.max(1, held.remainingMs - waitedMs) };
    this.#notify(caller, Kind.dequeued, header, target);
    // Asked anew: the calls released just before have changed who has the fewest flights.
    const route = this.#route(caller, target, name);
    this.#follow(route, target, caller, { header, name, bytes: body, start: 0, end: body.length });
  }

  #cancelAtTarget({ id, caller, target, targetGeneration }: InFlightRequest): void {
    const member = this.#roster.processOf(target.id, targetGeneration);
    if (caller !== target && member !== undefined) this.#roster.notify(member, Kind.cancel, id);
  }

  #refuse(source: Peer, header: Readonly<FrameHeader>, code: IPCErrorCode, clusterId = header.peer): void {
    this.#roster.refuse(source, header.correlation, clusterId, code);
  }
}
