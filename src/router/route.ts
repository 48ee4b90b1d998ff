/**
 * Routes: what becomes of a request, decided from the state of the clusters alone.
 *
 * Pure: nothing is sent here. A request goes now, waits for a cluster that is starting, or is refused.
 */
import type { IPCErrorCode } from '../errors.js';
import type { PeerState } from '../wire/control.js';

/** What a decision needs to know of a cluster. */
export interface Candidate {
  readonly id: number;
  readonly state: PeerState;
  readonly handlers: { has(name: string): boolean };
  readonly inFlight: number;
}

export type Route<C extends Candidate> =
  | { readonly to: 'cluster'; readonly target: C }
  | { readonly to: 'wait' }
  | { readonly to: 'refuse'; readonly code: IPCErrorCode };

const WAIT = { to: 'wait' } as const;

/**
 * A request to one cluster. A ready cluster has the last word on its handlers; one that is up but not ready
 * may still be loading the file that registers this one.
 */
export function routeToOne<C extends Candidate>(target: C, name: string): Route<C> {
  switch (target.state) {
    case 'ready':
      return { to: 'cluster', target };
    case 'up':
      return target.handlers.has(name) ? { to: 'cluster', target } : WAIT;
    case 'starting':
      return WAIT;
    case 'stopped':
      return { to: 'refuse', code: 'CLUSTER_UNAVAILABLE' };
  }
}

/**
 * A request to any cluster: one that is up and has the handler, fewest flights first, then in turn.
 *
 * @param lastId - Who was chosen last: the turn begins behind it.
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
    return { to: 'cluster', target };
  }
  if (candidates.some(({ state }) => state === 'starting' || state === 'up')) return WAIT;
  const anyReady = candidates.some(({ state }) => state === 'ready');
  return { to: 'refuse', code: anyReady ? 'NO_HANDLER' : 'CLUSTER_UNAVAILABLE' };
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
