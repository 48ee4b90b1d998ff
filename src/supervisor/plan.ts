/**
 * Cluster plan: who runs which shards.
 */
import { shardRanges } from '../discord/shard-math.js';

/** Which part of the bot a cluster is. */
export interface ClusterPlan {
  readonly id: number;
  readonly shardList: readonly number[];
  readonly totalShards: number;
  readonly totalClusters: number;
}

/** Shards are spread evenly, in order. @throws RangeError for numbers that make no sense. */
export function clusterPlans(totalShards: number, totalClusters: number): ClusterPlan[] {
  return shardRanges(totalShards, totalClusters).map((shardList, id) => ({
    id,
    shardList,
    totalShards,
    totalClusters,
  }));
}
