/**
 * IPC handler: the API for calls by name, which needs no contract.
 *
 * Values have exactly the semantics of `JSON.stringify`. Names that a contract declares have the contract's types here,
 * too: of the overloads, the first is the typed one, and the second rejects a type argument that would bypass it.
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

/** Calls other processes by name and answers their calls: `cluster.ipc` and `manager.ipc`. */
export class IPCHandler {
  readonly #endpoint: Endpoint;

  /** Private: use the `ipc` of a `ClusterClient` or a `ClusterManager`. */
  private constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  /** @internal */
  static create(endpoint: Endpoint): IPCHandler {
    return new IPCHandler(endpoint);
  }

  /**
   * Answers calls of `name` in this process.
   *
   * The handler may be async. It receives the caller's data and a `HandlerContext`. Its result must be serializable;
   * what it throws arrives at the caller as a `RemoteError`.
   *
   * @throws IPCError `HANDLER_EXISTS` when `name` has a handler already; TypeError when `name` is no string or
   * `handler` is no function.
   */
  handle<N extends string>(name: N, handler: HandlerNamed<N>): void {
    const { data, result } = this.#endpoint.codecs;
    this.#endpoint.handle(name, handler as HandlerCallback, { input: data, output: result });
  }

  /** Stops answering calls of `name`. Returns whether there was a handler. */
  removeHandler(name: string): boolean {
    return this.#endpoint.removeHandler(name);
  }

  /**
   * Calls one available cluster: any cluster that is up and has the handler, this one included. The cluster with the
   * fewest calls in flight is chosen; clusters with equally many take turns.
   *
   * @param timeout - The timeout in milliseconds, 1 to 2 147 483 647, or options. Defaults to 30 000.
   * @returns What the handler returned.
   * @throws RemoteError with what the handler threw; IPCError for every other failure (see its `code`);
   * RangeError for an invalid timeout.
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

  /** Calls one cluster by its id; -1 is the manager. Parameters, result and errors are those of `request`. */
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
   * Calls the cluster that runs the guild's shard. Parameters, result and errors are those of `request`.
   *
   * The shard is `(guild_id >> 22) % totalShards`, as Discord assigns guilds to shards
   * (https://discord.com/developers/docs/events/gateway#sharding).
   *
   * @throws RangeError, in addition, when `guildId` is no snowflake.
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
   * Calls every cluster, this one included, and waits for all of them. The manager is not called.
   *
   * The result has an entry for each cluster, in id order, with its result or its error. A cluster that is not up gets
   * an error entry at once. The promise itself rejects only when the arguments are invalid, the data cannot be sent, or
   * there are no clusters yet.
   *
   * @param timeout - How long to wait for the slowest cluster, in milliseconds, or options. Defaults to 30 000.
   * @throws IPCError `INVALID_PAYLOAD`, `UNSERIALIZABLE`, `PAYLOAD_TOO_LARGE` or `CLUSTER_UNAVAILABLE`; RangeError
   * for an invalid timeout.
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
