/**
 * Result collections: what all clusters said, one entry each.
 */

/** One cluster's entry: what it returned, or why it did not. */
export type ClusterResult<T> =
  | { readonly clusterId: number; readonly status: 'ok'; readonly data: T }
  | { readonly clusterId: number; readonly status: 'error'; readonly error: unknown };

/** A failed entry, as `errors()` lists it. */
export interface ClusterFailure {
  readonly clusterId: number;
  readonly error: unknown;
}

/**
 * The results of a `requestAll`: one entry per expected cluster, in id order.
 *
 * A cluster that died, is not up, stayed silent or threw is there too, as an error under its own id, so
 * `allOk()` is true only if every cluster answered.
 */
export class ResultCollection<T> implements Iterable<ClusterResult<T>> {
  readonly #results: readonly ClusterResult<T>[];

  /** @param results - One entry per cluster, in id order. */
  constructor(results: readonly ClusterResult<T>[]) {
    this.#results = results;
  }

  /** How many clusters were asked. */
  get size(): number {
    return this.#results.length;
  }

  get successCount(): number {
    return this.values().length;
  }

  get errorCount(): number {
    return this.size - this.successCount;
  }

  /** What the successful clusters returned, in id order; `undefined` results are kept. */
  values(): T[] {
    return this.#results.flatMap((result) => (result.status === 'ok' ? [result.data] : []));
  }

  /** The failed clusters, in id order. */
  errors(): ClusterFailure[] {
    return this.#results.flatMap((result) =>
      result.status === 'error' ? [{ clusterId: result.clusterId, error: result.error }] : [],
    );
  }

  /** Whether every cluster succeeded. */
  allOk(): boolean {
    return this.#results.every(({ status }) => status === 'ok');
  }

  /** The sum of all results that are numbers; 0 when there are none. */
  sum(): number {
    let total = 0;
    for (const value of this.values()) if (typeof value === 'number') total += value;
    return total;
  }

  /** One cluster's entry; `undefined` for an id that was not asked. */
  get(clusterId: number): ClusterResult<T> | undefined {
    return this.#results.find((result) => result.clusterId === clusterId);
  }

  /** The first successful result. */
  first(): T | undefined {
    return this.values()[0];
  }

  /** The first successful result that `predicate` accepts. */
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

  [Symbol.iterator](): Iterator<ClusterResult<T>> {
    return this.#results[Symbol.iterator]();
  }
}
