/**
 * Table rows: the values that the table shows of each cluster.
 */
import type { ClusterInfo } from 'shardwire';

export interface TableRow extends Omit<ClusterInfo, 'calls' | 'inFlight'> {
  /** `undefined` until there are two samples. */
  readonly callsPerSecond: number | undefined;
}

/** Makes rows of clusters. Remembers the calls of each cluster, as a rate needs two samples. */
export class TableRows {
  readonly #counts = new Map<number, number>();
  #sampledAt: number | undefined;

  /** @param now - Time of a monotonic clock, in milliseconds. */
  sample(clusters: readonly ClusterInfo[], now: number): TableRow[] {
    const seconds = this.#sampledAt === undefined ? 0 : (now - this.#sampledAt) / 1000;
    this.#sampledAt = now;
    return clusters.map((cluster) => ({ ...cluster, callsPerSecond: this.#rateOf(cluster, seconds) }));
  }

  #rateOf({ id, calls }: ClusterInfo, seconds: number): number | undefined {
    const before = this.#counts.get(id);
    this.#counts.set(id, calls);
    // A new process counts from 0.
    if (before === undefined || calls < before || seconds <= 0) return undefined;
    return (calls - before) / seconds;
  }
}
