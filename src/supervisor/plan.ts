/**
 * Cluster plan: which cluster runs which shards.
 */
import { shardRanges } from '../discord/shard-math.js';

/** The part of the bot that one cluster runs. */
export interface ClusterPlan {
  readonly id: number;
  readonly shardList: readonly number[];
  readonly totalShards: number;
  readonly totalClusters: number;
}

/** Spreads the shards evenly over the clusters, in order. @throws RangeError for invalid numbers. */
export function clusterPlans(totalShards: number, totalClusters: number): ClusterPlan[] {
  return shardRanges(totalShards, totalClusters).map((shardList, id) => ({
    id,
    shardList,
    totalShards,
    totalClusters,
  }));
}
