/**
 * Shard math: the shard of a guild, and the shards of a cluster. Pure functions.
 */
import { MAX_CLUSTER_ID } from '../wire/address.js';

const SNOWFLAKE = /^\d{1,20}$/;
const TIMESTAMP_SHIFT = 22n;

/**
 * The shard that Discord assigns a guild to: `(guild_id >> 22) % totalShards`.
 *
 * @see https://discord.com/developers/docs/events/gateway#sharding-sharding-formula
 * @throws RangeError when `guildId` is not a snowflake.
 */
export function shardIdOf(guildId: string, totalShards: number): number {
  if (typeof guildId !== 'string' || !SNOWFLAKE.test(guildId)) {
    const got = typeof guildId === 'string' ? JSON.stringify(guildId) : `a ${typeof guildId}`;
    throw new RangeError(`guildId must be a snowflake (a string of digits), got ${got}`);
  }
  return Number((BigInt(guildId) >> TIMESTAMP_SHIFT) % BigInt(totalShards));
}

/**
 * The shards of every cluster: consecutive ranges whose sizes differ by at most one, the larger ones first.
 *
 * `shardRanges(7, 3)` is `[[0, 1, 2], [3, 4], [5, 6]]`.
 *
 * @throws RangeError when there are fewer shards than clusters, or a number is not a positive integer.
 */
export function shardRanges(totalShards: number, totalClusters: number): number[][] {
  checkPlan(totalShards, totalClusters);
  return Array.from({ length: totalClusters }, (_, id) => {
    const first = firstShardOf(id, totalShards, totalClusters);
    const next = firstShardOf(id + 1, totalShards, totalClusters);
    return Array.from({ length: next - first }, (_each, index) => first + index);
  });
}

/**
 * The cluster that runs a shard; the inverse of `shardRanges`.
 *
 * @throws RangeError when there is no such shard.
 */
export function clusterIdOfShard(shardId: number, totalShards: number, totalClusters: number): number {
  if (!Number.isInteger(shardId) || shardId < 0 || shardId >= totalShards) {
    throw new RangeError(
      `shardId must be a whole number from 0 to ${totalShards - 1}, got ${String(shardId)}`,
    );
  }
  const small = Math.floor(totalShards / totalClusters);
  const large = totalShards % totalClusters;
  const inLarge = large * (small + 1);
  return shardId < inLarge
    ? Math.floor(shardId / (small + 1))
    : large + Math.floor((shardId - inLarge) / small);
}

/** The cluster that a guild belongs to. @throws RangeError when `guildId` is not a snowflake. */
export function clusterIdOfGuild(guildId: string, totalShards: number, totalClusters: number): number {
  return clusterIdOfShard(shardIdOf(guildId, totalShards), totalShards, totalClusters);
}

/** Lookups of clusters by guild and shard. The plan is read at each lookup, as it may change. */
export function shardOwners(plan: () => { readonly totalShards: number; readonly totalClusters: number }): {
  ofGuild(guildId: string): number;
  ofShard(shardId: number): number;
} {
  return {
    ofGuild: (guildId) => clusterIdOfGuild(guildId, plan().totalShards, plan().totalClusters),
    ofShard: (shardId) => clusterIdOfShard(shardId, plan().totalShards, plan().totalClusters),
  };
}

function firstShardOf(clusterId: number, totalShards: number, totalClusters: number): number {
  const small = Math.floor(totalShards / totalClusters);
  return clusterId * small + Math.min(clusterId, totalShards % totalClusters);
}

function checkPlan(totalShards: number, totalClusters: number): void {
  checkCount('totalShards', totalShards);
  checkCount('totalClusters', totalClusters);
  if (totalClusters > MAX_CLUSTER_ID) {
    throw new RangeError(`totalClusters must be at most ${MAX_CLUSTER_ID}, got ${totalClusters}`);
  }
  if (totalShards >= totalClusters) return;
  throw new RangeError(
    `totalShards (${totalShards}) must be at least totalClusters (${totalClusters}): every cluster needs a shard. ` +
      'Lower totalClusters or raise totalShards.',
  );
}

/** @throws RangeError when `value` is not a positive integer. */
export function checkCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new RangeError(`${name} must be a whole number from 1, got ${showNumber(value)}`);
}

/** A string that looks like a number (from the environment, for example) is quoted. */
function showNumber(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
