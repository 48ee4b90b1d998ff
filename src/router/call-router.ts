/**
 * Call router: forwards requests to their targets, and answers back to their callers.
 *
 * A forwarded request carries an id of the manager's own. An answer is accepted only from the process that was asked,
 * and reaches only the process that asked. `route.ts` decides what happens to a request; this file carries it out.
 */
import type { IPCErrorCode } from '../errors.js';
import type { Limits } from '../limits.js';
import { ALL_CLUSTERS, ANY_CLUSTER } from '../wire/address.js';
import { ArrivedFrame } from '../wire/arrived-frame.js';
import { copyHeader, emptyHeader, FAIL_FAST, Kind } from '../wire/frame.js';
import type { FrameHeader } from '../wire/frame.js';
import { InFlightRequests } from './in-flight.js';
import type { InFlightRequest } from './in-flight.js';
import type { Peer } from './peer.js';
import type { PeerTable } from './peer-table.js';
import { routeToAny, routeToOne } from './route.js';
import type { Route } from './route.js';
import { WaitingCalls } from './waiting-calls.js';
import type { RoutedRequest, WaitingCall } from './waiting-calls.js';

export class CallRouter {
  readonly #peers: PeerTable;
  readonly #limits: Limits;
  readonly #inFlight = new InFlightRequests();
  readonly #waiting: WaitingCalls;
  /** The header of every forwarded frame, filled anew for each. */
  readonly #header: FrameHeader = emptyHeader(Kind.request);
  #lastChosen = -1;
  #routed = 0;
  #closing = false;

  constructor(peers: PeerTable, limits: Limits) {
    this.#peers = peers;
    this.#limits = limits;
    this.#waiting = new WaitingCalls(limits.maxWaitingCalls, limits.maxQueuedBytes);
  }

  get inFlightCount(): number {
    return this.#inFlight.size;
  }

  /** Calls that were given to a process since the start; a call to all clusters counts once for each. */
  get routedCount(): number {
    return this.#routed;
  }

  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** Rejects requests from now on; calls in flight may end. */
  close(): void {
    this.#closing = true;
    for (const { caller, target, frame } of this.#waiting.remove(() => true))
      this.#reject(caller, frame, 'SHUTTING_DOWN', target?.id);
  }

  /** Routes a request whose handler is called `name`. */
  request(caller: Peer, name: string, frame: ArrivedFrame): void {
    const { peer } = frame.header;
    if (peer === ALL_CLUSTERS) {
      this.#requestAll(caller, name, frame);
      return;
    }
    const target = this.#peers.activePeer(caller, peer);
    if (target === undefined && peer !== ANY_CLUSTER) this.#reject(caller, frame, 'CLUSTER_NOT_FOUND');
    else if (this.#closing) this.#reject(caller, frame, 'SHUTTING_DOWN');
    else this.#dispatch(this.#route(caller, target, name), { caller, target, name, frame });
  }

  answer(source: Peer, frame: ArrivedFrame): void {
    const request = this.#inFlight.find(frame.header.correlation, source);
    if (request === undefined) return; // Late, repeated or invented: nobody waits for it.
    this.#inFlight.close(request);
    const link = this.#peers.linkOf(request.caller.id, request.callerGeneration);
    if (link === undefined) return;
    if (link.full) {
      // The caller does not read: it gets a small rejection instead, so that its answers do not pile up here.
      this.#peers.rejectInFlight(request, 'OVERLOADED');
      return;
    }
    const header = copyHeader(frame.header, this.#header);
    header.peer = source.id;
    header.correlation = request.correlation;
    header.generation = request.callerGeneration;
    link.forward(header, frame);
  }

  /** The caller has stopped waiting: cancels the call wherever it runs, and takes it out of the queue. */
  cancel(caller: Peer, correlation: number): void {
    for (const request of this.#inFlight.ofCall(caller, correlation)) {
      this.#inFlight.close(request);
      this.#cancelAtTarget(request);
    }
    this.#waiting.remove((call) => call.caller === caller && call.frame.header.correlation === correlation);
  }

  /** The process behind a peer is gone: ends the calls that it made, and those that it worked on. */
  abandon(peer: Peer): void {
    for (const request of this.#inFlight.involving(peer)) {
      this.#inFlight.close(request);
      if (request.caller === peer) this.#cancelAtTarget(request);
      else this.#peers.rejectInFlight(request, 'CLUSTER_DIED');
    }
    this.#waiting.remove(({ caller }) => caller === peer);
  }

  /** The state of a peer has changed: dispatches the calls that need not wait any more. */
  dequeue(): void {
    if (this.#waiting.size === 0) return;
    const calls = this.#waiting.remove(
      ({ caller, target, name }) => this.#route(caller, this.#current(caller, target), name).kind !== 'queue',
    );
    for (const call of calls) this.#dequeue(call);
  }

  #route(caller: Peer, target: Peer | undefined, name: string): Route<Peer> {
    return target === undefined
      ? routeToAny(caller.set.peers, name, this.#lastChosen)
      : routeToOne(target, name);
  }

  /** The active process of the target's id now: the one that a call waits for may have been replaced meanwhile. */
  #current(caller: Peer, target: Peer | undefined): Peer | undefined {
    return target && (this.#peers.activePeer(caller, target.id) ?? target);
  }

  #dispatch(route: Route<Peer>, request: RoutedRequest): void {
    const { caller, target, frame } = request;
    switch (route.kind) {
      case 'forward':
        if (target === undefined) this.#lastChosen = route.target.id;
        return this.#forward(caller, route.target, frame);
      case 'reject':
        return this.#reject(caller, frame, route.code, target?.id);
      case 'queue':
        if ((frame.header.flags & FAIL_FAST) !== 0)
          return this.#reject(caller, frame, 'CLUSTER_UNAVAILABLE', target?.id);
        return this.#queue(request);
    }
  }

  #forward(caller: Peer, target: Peer, frame: ArrivedFrame): void {
    const { link } = target;
    if (link === undefined) return this.#reject(caller, frame, 'CLUSTER_UNAVAILABLE', target.id);
    if (target.inFlight >= this.#limits.maxInFlight || link.full) {
      return this.#reject(caller, frame, 'OVERLOADED', target.id);
    }
    const { correlation, remainingMs } = frame.header;
    const request = this.#inFlight.open(caller, correlation, target);
    this.#routed += 1;
    if (caller === target) {
      // The caller is the best choice itself: it has the data, and says with a cancel when it is done.
      this.#peers.notify(caller, Kind.serveLocally, { correlation, remainingMs });
      return;
    }
    const header = copyHeader(frame.header, this.#header);
    header.peer = caller.id;
    header.correlation = request.id;
    header.generation = caller.generation;
    link.forward(header, frame);
  }

  #requestAll(caller: Peer, name: string, frame: ArrivedFrame): void {
    for (const target of caller.set.peers) {
      if (target.id === caller.id) continue;
      if (this.#closing) this.#reject(caller, frame, 'SHUTTING_DOWN', target.id);
      else if (!target.isUp) this.#reject(caller, frame, 'CLUSTER_UNAVAILABLE', target.id);
      else if (target.isDeferringCalls) this.#dispatch({ kind: 'queue' }, { caller, target, name, frame });
      else this.#forward(caller, target, frame);
    }
  }

  #queue({ caller, target, name, frame }: RoutedRequest): void {
    const isQueued = this.#waiting.add({
      caller,
      target,
      name,
      frame: frame.copy(),
      since: performance.now(),
    });
    if (isQueued) this.#notify(caller, Kind.queued, frame, target);
    else this.#reject(caller, frame, 'OVERLOADED', target?.id);
  }

  #dequeue({ caller, target: awaited, name, frame: queued, since }: WaitingCall): void {
    const target = this.#current(caller, awaited);
    const waitedMs = Math.floor(performance.now() - since);
    const remainingMs = Math.max(1, queued.header.remainingMs - waitedMs);
    const frame = new ArrivedFrame({ ...queued.header, remainingMs }, queued.bytes);
    this.#notify(caller, Kind.dequeued, frame, target);
    // Routed anew: the calls dequeued just before have changed which process has the fewest calls in flight.
    this.#dispatch(this.#route(caller, target, name), { caller, target, name, frame });
  }

  /** A call to all clusters may wait for some and have run on others, so the caller learns which target is meant. */
  #notify(caller: Peer, kind: Kind, { header }: ArrivedFrame, target: Peer | undefined): void {
    this.#peers.notify(caller, kind, { correlation: header.correlation, peer: target?.id ?? header.peer });
  }

  #cancelAtTarget({ id, caller, target, targetGeneration }: InFlightRequest): void {
    const peer = this.#peers.processOf(target.id, targetGeneration);
    if (caller !== target && peer !== undefined) this.#peers.notify(peer, Kind.cancel, { correlation: id });
  }

  #reject(caller: Peer, { header }: ArrivedFrame, code: IPCErrorCode, clusterId = header.peer): void {
    this.#peers.reject(caller, header.correlation, clusterId, code);
  }
}
