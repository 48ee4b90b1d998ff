/**
 * Binding: contracts and one process in, typed stubs out.
 */
import type { Endpoint } from '../ipc/endpoint.js';
import type { DefinedContract } from './define-contract.js';
import { bindContract } from './bind-contract.js';
import { endpointOf } from './endpoint-registry.js';
import { watchStalePages } from './stale-pages.js';

/** What contracts can be bound to: a `ClusterClient`, a `ClusterManager`, or the discord.js `Client` of one. */
export type Bindable = object;

type Contracts = { readonly [name: string]: DefinedContract<unknown> };

/** The stubs of each contract. */
export type BoundContracts<C> = {
  readonly [K in keyof C]: C[K] extends DefinedContract<infer Bound> ? Bound : never;
};

/** Makes a page index's `bind`. The same process always gives the same stubs. */
export function createBind<C extends Contracts>(contracts: C): (host: Bindable) => BoundContracts<C> {
  const bound = new WeakMap<Endpoint, BoundContracts<C>>();
  return (host) => {
    const endpoint = endpointOf(host);
    const stubs = bound.get(endpoint) ?? bindAll(contracts, endpoint);
    bound.set(endpoint, stubs);
    return stubs;
  };
}

function bindAll<C extends Contracts>(contracts: C, endpoint: Endpoint): BoundContracts<C> {
  watchStalePages(contracts, endpoint.id);
  const stubs = Object.entries(contracts).map(([name, contract]) => [name, bindContract(contract, endpoint)]);
  return Object.freeze(Object.fromEntries(stubs)) as BoundContracts<C>;
}
