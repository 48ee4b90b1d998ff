/**
 * Addresses: whom a frame is for, as the header's `peer` says it.
 *
 * Zero and above are cluster ids. From a cluster to the manager `peer` is the target; from the manager to a
 * cluster it is the source, written by the manager: what a cluster claims about itself is never believed.
 */

/** The manager's own id. */
export const MANAGER_ID = -1;
/** One cluster of the manager's choice: up, with that handler, fewest flights first. */
export const ANY_CLUSTER = -2;
/** Every cluster; never back to a sender. */
export const ALL_CLUSTERS = -3;
/** The header holds ids in 16 bits, so this is the largest. */
export const MAX_CLUSTER_ID = 32_767;
