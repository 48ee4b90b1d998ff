/**
 * Table row: what the table shows of one cluster.
 */
import type { ClusterInfo } from 'shardwire';

export interface TableRow extends Omit<ClusterInfo, 'calls' | 'inFlight'> {
  /** `undefined`: not known yet. */
  readonly callsPerSecond: number | undefined;
}

/** Makes rows of clusters; remembers how many calls each had, as a rate is between two looks. */
export class TableRows {
  readonly #counts = new Map<number, number>();
  #lookedAt: number | undefined;

  /** @param now - Of a clock that only goes forward, in milliseconds. */
  take(clusters: readonly ClusterInfo[], now: number): TableRow[] {
    const seconds = this.#lookedAt === undefined ? 0 : (now - this.#lookedAt) / 1000;
    this.#lookedAt = now;
    return clusters.map((cluster) => ({ ...cluster, callsPerSecond: this.#rateOf(cluster, seconds) }));
  }

  #rateOf({ id, calls }: ClusterInfo, seconds: number): number | undefined {
    const before = this.#counts.get(id);
    this.#counts.set(id, calls);
    // A successor counts from 0.
    if (before === undefined || calls < before || seconds <= 0) return undefined;
    return (calls - before) / seconds;
  }
}
