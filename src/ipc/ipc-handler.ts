/**
 * IPC handler: requests and answers by name, untyped.
 *
 * The face of the core that needs no contract. Values have exactly the semantics of `JSON.stringify`. Names that
 * a contract declares have its types here, too; of their overloads the first is the typed one, and the second
 * stands in the way of a type argument that would go round it.
 */
import { DEFAULT_TIMEOUT_MS } from './client/call-options.js';
import type { CallOptions } from './client/call-options.js';
import type { CallSpec } from './client/call.js';
import type { Endpoint } from './endpoint.js';
import type {
  CallArguments,
  HandlerNamed,
  KnownHandler,
  KnownIfGiven,
  LeaveTheTypeArgumentOut,
  ResultOf,
  UnknownHandler,
} from './known-names.js';
import type { HandlerCallback } from './server/server.js';
import type { ResultCollection } from './client/result-collection.js';

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
  handle<N extends string>(name: N, handler: HandlerNamed<N>): void {
    const { data, result } = this.#endpoint.codecs;
    this.#endpoint.handle(name, handler as HandlerCallback, { input: data, output: result });
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
  request<N extends KnownHandler>(name: N, ...args: CallArguments<N>): Promise<ResultOf<N>>;
  request<T>(name: KnownIfGiven<T>, ...args: unknown[]): Promise<LeaveTheTypeArgumentOut>;
  request<T = unknown, N extends string = string>(
    name: UnknownHandler<N>,
    data?: unknown,
    timeout?: number | CallOptions,
  ): Promise<T>;
  request(name: string, data?: unknown, timeout?: number | CallOptions): Promise<unknown> {
    return this.#endpoint.caller.callAny(this.#spec(name), data, timeout);
  }

  /** Asks one cluster by its id; -1 is the manager. Otherwise as `request`. */
  requestTo<N extends KnownHandler>(
    clusterId: number,
    name: N,
    ...args: CallArguments<N>
  ): Promise<ResultOf<N>>;
  requestTo<T>(
    clusterId: number,
    name: KnownIfGiven<T>,
    ...args: unknown[]
  ): Promise<LeaveTheTypeArgumentOut>;
  requestTo<T = unknown, N extends string = string>(
    clusterId: number,
    name: UnknownHandler<N>,
    data?: unknown,
    timeout?: number | CallOptions,
  ): Promise<T>;
  requestTo(
    clusterId: number,
    name: string,
    data?: unknown,
    timeout?: number | CallOptions,
  ): Promise<unknown> {
    return this.#endpoint.caller.call(clusterId, this.#spec(name), data, timeout);
  }

  /**
   * Asks the cluster that owns the guild's shard. Otherwise as `request`.
   *
   * The owner is `(guild_id >> 22) % totalShards`, as Discord deals guilds to shards
   * (https://discord.com/developers/docs/events/gateway#sharding).
   *
   * @throws RangeError when `guildId` is no snowflake.
   */
  requestToGuild<N extends KnownHandler>(
    guildId: string,
    name: N,
    ...args: CallArguments<N>
  ): Promise<ResultOf<N>>;
  requestToGuild<T>(
    guildId: string,
    name: KnownIfGiven<T>,
    ...args: unknown[]
  ): Promise<LeaveTheTypeArgumentOut>;
  requestToGuild<T = unknown, N extends string = string>(
    guildId: string,
    name: UnknownHandler<N>,
    data?: unknown,
    timeout?: number | CallOptions,
  ): Promise<T>;
  async requestToGuild(
    guildId: string,
    name: string,
    data?: unknown,
    timeout?: number | CallOptions,
  ): Promise<unknown> {
    const owner = this.#endpoint.directory.owners.ofGuild(guildId);
    return this.#endpoint.caller.call(owner, this.#spec(name), data, timeout);
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
  requestAll<N extends KnownHandler>(
    name: N,
    ...args: CallArguments<N>
  ): Promise<ResultCollection<ResultOf<N>>>;
  requestAll<T>(
    name: KnownIfGiven<T>,
    ...args: unknown[]
  ): Promise<ResultCollection<LeaveTheTypeArgumentOut>>;
  requestAll<T = unknown, N extends string = string>(
    name: UnknownHandler<N>,
    data?: unknown,
    timeout?: number | CallOptions,
  ): Promise<ResultCollection<T>>;
  requestAll(
    name: string,
    data?: unknown,
    timeout?: number | CallOptions,
  ): Promise<ResultCollection<unknown>> {
    return this.#endpoint.caller.callAll(this.#spec(name), data, timeout);
  }

  #spec(name: string): CallSpec {
    const { data, result } = this.#endpoint.codecs;
    return { name, input: data, output: result, timeoutMs: DEFAULT_TIMEOUT_MS };
  }
}
