/**
 * Hosts: which endpoint stands behind an object that contracts can be bound to.
 *
 * A cluster client, a manager and a cluster's discord.js `Client` all lead to one. Weak: an endpoint lives no
 * longer because somebody could have bound to it.
 */
import type { Endpoint } from '../ipc/endpoint.js';

const endpoints = new WeakMap<object, Endpoint>();

export function registerEndpoint(host: object, endpoint: Endpoint): void {
  endpoints.set(host, endpoint);
}

/** @throws TypeError for an object that no contract can be bound to. */
export function endpointOf(host: object): Endpoint {
  const endpoint = endpoints.get(host);
  if (endpoint !== undefined) return endpoint;
  throw new TypeError(
    'bind() takes a ClusterClient, a ClusterManager, or the discord.js Client that was given to `new ClusterClient(client)`.',
  );
}
