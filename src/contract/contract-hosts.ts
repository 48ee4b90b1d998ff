/**
 * Contract hosts: which host answers for an object that contracts can be bound to.
 *
 * A cluster client and the discord.js `Client` that was given to it lead to the same host. Entries are weak: being
 * bindable keeps nothing in memory.
 */
import type { ContractHost } from '../ipc/contract-host.js';

const hosts = new WeakMap<object, ContractHost>();

export function registerContractHost(bindable: object, host: ContractHost): void {
  hosts.set(bindable, host);
}

/** @throws TypeError for an object that no contract can be bound to. */
export function contractHostOf(bindable: object): ContractHost {
  const host = hosts.get(bindable);
  if (host !== undefined) return host;
  throw new TypeError(
    'bind() takes a ClusterClient, a ClusterManager, or the discord.js Client that was given to `new ClusterClient(client)`.',
  );
}
