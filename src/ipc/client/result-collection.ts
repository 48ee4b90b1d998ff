/**
 * Result collections: the results of a call to all clusters.
 */

/** The entry of one cluster in a `ResultCollection`. */
export type ClusterResult<T> =
  | {
      /** The id of the cluster. */
      readonly clusterId: number;
      /** The handler has returned. */
      readonly status: 'ok';
      /** What the handler returned. */
      readonly data: T;
    }
  | {
      /** The id of the cluster. */
      readonly clusterId: number;
      /** The call has failed on this cluster. */
      readonly status: 'error';
      /** A `RemoteError` with what the handler threw, an error class of the contract, or an `IPCError`. */
      readonly error: unknown;
    };

/** The entry of a failed cluster, as `ResultCollection.errors()` lists it. */
export interface ClusterFailure {
  /** The id of the cluster. */
  readonly clusterId: number;
  /** What the handler threw, or an `IPCError`. */
  readonly error: unknown;
}

/**
 * The results of a `requestAll`: one entry per cluster, in id order.
 *
 * A cluster that died, is not up, did not answer in time or threw has an entry, too, with the error. So `allOk()` is
 * true only if every cluster has answered.
 */
export class ResultCollection<T> implements Iterable<ClusterResult<T>> {
  readonly #results: readonly ClusterResult<T>[];

  /**
   * The library makes these collections; a test may make one to stand in for the results of a call.
   *
   * @param results - One entry per cluster, in id order.
   */
  constructor(results: readonly ClusterResult<T>[]) {
    this.#results = results;
  }

  /** The number of clusters that were called. */
  get size(): number {
    return this.#results.length;
  }

  /** The number of clusters that returned a result. */
  get successCount(): number {
    return this.values().length;
  }

  /** The number of clusters that failed. */
  get errorCount(): number {
    return this.size - this.successCount;
  }

  /** Returns the results of the successful clusters, in id order. Results that are `undefined` are included. */
  values(): T[] {
    return this.#results.flatMap((result) => (result.status === 'ok' ? [result.data] : []));
  }

  /** Returns the failed clusters and their errors, in id order. */
  errors(): ClusterFailure[] {
    return this.#results.flatMap((result) =>
      result.status === 'error' ? [{ clusterId: result.clusterId, error: result.error }] : [],
    );
  }

  /** Whether every cluster succeeded. */
  allOk(): boolean {
    return this.#results.every(({ status }) => status === 'ok');
  }

  /** Returns the sum of all results that are numbers; 0 when there are none. */
  sum(): number {
    let total = 0;
    for (const value of this.values()) if (typeof value === 'number') total += value;
    return total;
  }

  /** Returns the entry of one cluster; `undefined` for a cluster that was not called. */
  get(clusterId: number): ClusterResult<T> | undefined {
    return this.#results.find((result) => result.clusterId === clusterId);
  }

  /** Returns the successful result with the lowest cluster id; `undefined` when there is none. */
  first(): T | undefined {
    return this.values()[0];
  }

  /** Returns the first successful result, in id order, for which `predicate` returns `true`; `undefined` when there is none. */
  find(predicate: (data: T, clusterId: number) => boolean): T | undefined {
    for (const result of this.#results) {
      if (result.status === 'ok' && predicate(result.data, result.clusterId)) return result.data;
    }
    return undefined;
  }

  /**
   * Does nothing if every cluster succeeded.
   *
   * @throws AggregateError with the error of every failed cluster.
   */
  throwIfAny(): void {
    const failures = this.errors();
    if (failures.length === 0) return;
    const ids = failures.map(({ clusterId }) => clusterId).join(', ');
    throw new AggregateError(
      failures.map(({ error }) => error),
      `${failures.length} of ${this.size} clusters failed: ${ids}`,
    );
  }

  /** Iterates over the entries of all clusters, in id order. */
  [Symbol.iterator](): Iterator<ClusterResult<T>> {
    return this.#results[Symbol.iterator]();
  }
}
