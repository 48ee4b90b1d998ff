/**
 * Addresses: the values of a header's `peer`.
 *
 * Zero and above are cluster ids. From a cluster to the manager, `peer` is the target; from the manager to a cluster it
 * is the source, written by the manager: what a cluster claims about itself is never believed.
 */

/** The manager itself. */
export const MANAGER_ID = -1;
/** A cluster that the manager chooses: up, with the handler, fewest calls in flight first. */
export const ANY_CLUSTER = -2;
/** Every cluster except the sender. */
export const ALL_CLUSTERS = -3;
/** The largest id that fits into the header's 16 bits. */
export const MAX_CLUSTER_ID = 32_767;
