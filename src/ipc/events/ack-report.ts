/**
 * Ack reports: the outcome of a broadcast that waited for acknowledgements.
 */

/** The clusters that acknowledged an event in time, and those that did not. Ids are in ascending order. */
export interface AckReport {
  /** The ids of the clusters that acknowledged. */
  readonly acked: number[];
  /** The ids of the clusters that did not acknowledge within the timeout. */
  readonly missing: number[];
}
