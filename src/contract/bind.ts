/**
 * Binding: makes the typed stubs of contracts for one process.
 */
import type { ContractHost } from '../ipc/contract-host.js';
import type { DefinedContract } from './define-contract.js';
import { bindContract } from './bind-contract.js';
import { contractHostOf } from './contract-hosts.js';
import { warnWhenStale } from './stale-pages.js';

/** An object that contracts can be bound to: a `ClusterClient`, a `ClusterManager`, or a cluster's discord.js `Client`. */
export type Bindable = object;

type Contracts = { readonly [name: string]: DefinedContract<unknown> };

/** The stubs of every contract, by contract name. */
export type BoundContracts<C> = {
  readonly [K in keyof C]: C[K] extends DefinedContract<infer Bound> ? Bound : never;
};

/**
 * Makes the `bind` function of a generated index. Binding to the same process again returns the same stubs.
 *
 * The returned function throws a TypeError for an object that is not bindable.
 */
export function createBind<C extends Contracts>(contracts: C): (bindable: Bindable) => BoundContracts<C> {
  const bound = new WeakMap<ContractHost, BoundContracts<C>>();
  return (bindable) => {
    const host = contractHostOf(bindable);
    const stubs = bound.get(host) ?? bindAll(contracts, host);
    bound.set(host, stubs);
    return stubs;
  };
}

function bindAll<C extends Contracts>(contracts: C, host: ContractHost): BoundContracts<C> {
  warnWhenStale(contracts, host.id);
  const stubs = Object.entries(contracts).map(([name, contract]) => [name, bindContract(contract, host)]);
  return Object.freeze(Object.fromEntries(stubs)) as BoundContracts<C>;
}
