/**
 * IPC handler: requests and answers by name, untyped.
 *
 * The face of the core that needs no contract. Values have exactly the semantics of `JSON.stringify`.
 */
import { ANY_CLUSTER } from '../wire/address.js';
import { DEFAULT_TIMEOUT_MS } from './call-options.js';
import type { CallOptions } from './call-options.js';
import type { CallSpec } from './caller.js';
import type { Endpoint } from './endpoint.js';
import type { HandlerContext } from './handler-context.js';
import type { ResultCollection } from './result-collection.js';

/** `cluster.ipc` and `manager.ipc`: answers the calls of other clusters, and calls them. */
export class IPCHandler {
  readonly #endpoint: Endpoint;

  /** @internal Made by `ClusterClient` and `ClusterManager`. */
  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  /**
   * Answers calls of `name` in this process.
   *
   * The handler may be async; it gets the caller's data and a context (`sourceCluster`, `deadline`,
   * `signal`). What it returns must be serializable; what it throws arrives at the caller as a `RemoteError`.
   *
   * @throws IPCError `HANDLER_EXISTS` when `name` has a handler already.
   */
  // oxlint-disable-next-line typescript/no-explicit-any -- untyped by design: the types come from contracts
  handle(name: string, handler: (data: any, context: HandlerContext) => unknown): void {
    const { data, result } = this.#endpoint.codecs;
    this.#endpoint.handle(name, handler, { input: data, output: result });
  }

  /** Stops answering calls of `name`; `true` if there was a handler. */
  removeHandler(name: string): boolean {
    return this.#endpoint.removeHandler(name);
  }

  /**
   * Asks one available cluster: one that is up and has that handler, this one included; the one with the
   * fewest calls in flight, in turn where that is equal.
   *
   * @param timeout - Milliseconds, 1 to 2 147 483 647, or options. Defaults to 30 000.
   * @throws RemoteError with what the handler threw; IPCError with a `code` for every other end;
   * RangeError for a bad timeout.
   */
  request<T = unknown>(name: string, data?: unknown, timeout?: number | CallOptions): Promise<T> {
    return this.#endpoint.caller.call(ANY_CLUSTER, this.#spec(name), data, timeout) as Promise<T>;
  }

  /** Asks one cluster by its id; -1 is the manager. Otherwise as `request`. */
  requestTo<T = unknown>(
    clusterId: number,
    name: string,
    data?: unknown,
    timeout?: number | CallOptions,
  ): Promise<T> {
    return this.#endpoint.caller.call(
      checkedTarget(clusterId),
      this.#spec(name),
      data,
      timeout,
    ) as Promise<T>;
  }

  /**
   * Asks the cluster that owns the guild's shard. Otherwise as `request`.
   *
   * The owner is `(guild_id >> 22) % totalShards`, as Discord deals guilds to shards
   * (https://discord.com/developers/docs/events/gateway#sharding).
   *
   * @throws RangeError when `guildId` is no snowflake.
   */
  async requestToGuild<T = unknown>(
    guildId: string,
    name: string,
    data?: unknown,
    timeout?: number | CallOptions,
  ): Promise<T> {
    return this.requestTo<T>(this.#endpoint.directory.owners.ofGuild(guildId), name, data, timeout);
  }

  /**
   * Asks every cluster, this one included, and waits for all of them.
   *
   * Each expected cluster has an entry in the result, in id order: what it returned, or why it did not. A
   * cluster that is not up is an error entry at once. The promise itself rejects only when the arguments are
   * bad or the data cannot be sent. Asked from the manager: all clusters, not the manager.
   *
   * @param timeout - How long to wait for the slowest, in milliseconds, or options. Defaults to 30 000.
   */
  requestAll<T = unknown>(
    name: string,
    data?: unknown,
    timeout?: number | CallOptions,
  ): Promise<ResultCollection<T>> {
    return this.#endpoint.caller.callAll(this.#spec(name), data, timeout) as Promise<ResultCollection<T>>;
  }

  #spec(name: string): CallSpec {
    const { data, result } = this.#endpoint.codecs;
    return { name, input: data, output: result, timeoutMs: DEFAULT_TIMEOUT_MS };
  }
}

/** Below -1 the wire has meanings of its own; nobody may name them. */
function checkedTarget(clusterId: number): number {
  return clusterId < -1 ? Number.NaN : clusterId;
}
