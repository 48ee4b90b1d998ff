/**
 * Routes: what happens to a request, decided from the state of the clusters alone.
 *
 * Pure: nothing is sent here. A request is forwarded now, queued for a cluster that is starting, or rejected.
 */
import type { IPCErrorCode } from '../errors.js';
import type { PeerState } from '../wire/control/directory.js';

/** The facts about a cluster that a decision needs. */
export interface Candidate {
  readonly id: number;
  readonly state: PeerState;
  readonly handlers: { has(name: string): boolean };
  readonly inFlight: number;
}

export type Route<C extends Candidate> =
  | { readonly kind: 'forward'; readonly target: C }
  | { readonly kind: 'queue' }
  | { readonly kind: 'reject'; readonly code: IPCErrorCode };

const QUEUE = { kind: 'queue' } as const;

/**
 * Routes a request to one cluster. The handlers of a ready cluster are final; a cluster that is up but not ready may
 * still be loading the file that registers the handler.
 */
export function routeToOne<C extends Candidate>(target: C, name: string): Route<C> {
  switch (target.state) {
    case 'ready':
      return { kind: 'forward', target };
    case 'up':
      return target.handlers.has(name) ? { kind: 'forward', target } : QUEUE;
    case 'starting':
      return QUEUE;
    case 'stopped':
      return { kind: 'reject', code: 'CLUSTER_UNAVAILABLE' };
  }
}

/**
 * Routes a request to any cluster: one that is up and has the handler, fewest calls in flight first, then in turn.
 *
 * @param lastId - The cluster that was chosen last: the turn begins behind it.
 */
export function routeToAny<C extends Candidate>(
  candidates: readonly C[],
  name: string,
  lastId: number,
): Route<C> {
  const able = candidates.filter(({ state, handlers }) => isUp(state) && handlers.has(name));
  const [first, ...rest] = able;
  if (first !== undefined) {
    const target = rest.reduce((best, each) => (comesBefore(each, best, lastId) ? each : best), first);
    return { kind: 'forward', target };
  }
  if (candidates.some(({ state }) => state === 'starting' || state === 'up')) return QUEUE;
  const anyReady = candidates.some(({ state }) => state === 'ready');
  return { kind: 'reject', code: anyReady ? 'NO_HANDLER' : 'CLUSTER_UNAVAILABLE' };
}

function isUp(state: PeerState): boolean {
  return state === 'up' || state === 'ready';
}

function comesBefore(one: Candidate, other: Candidate, lastId: number): boolean {
  if (one.inFlight !== other.inFlight) return one.inFlight < other.inFlight;
  const oneIsBehind = one.id > lastId;
  const otherIsBehind = other.id > lastId;
  return oneIsBehind === otherIsBehind ? one.id < other.id : oneIsBehind;
}
