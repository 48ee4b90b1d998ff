/**
 * Shardwire: typed, validated calls between the clusters of a discord.js bot.
 */
export { ClusterClient } from './cluster/cluster-client.js';
export { clusterIdOfGuild, clusterIdOfShard, shardIdOf, shardRanges } from './discord/shard-math.js';
export { IPCError, RemoteError } from './errors.js';
export type { IPCErrorCode } from './errors.js';
export type { CallOptions } from './ipc/call-options.js';
export type { EndpointStats } from './ipc/endpoint.js';
export { EventBusClient } from './ipc/event-bus-client.js';
export type { ClusterEventListener } from './ipc/event-bus-client.js';
export type { AckReport } from './ipc/event-channel.js';
export type { HandlerContext } from './ipc/handler-context.js';
export { IPCHandler } from './ipc/ipc-handler.js';
export type { ContractEvents, ContractHandlers } from './ipc/known-names.js';
export type { LimitOptions } from './ipc/limits.js';
export { ResultCollection } from './ipc/result-collection.js';
export type { ClusterFailure, ClusterResult } from './ipc/result-collection.js';
export { ClusterManager } from './manager/cluster-manager.js';
export type { ClusterInfo, ClusterManagerEvents, ManagerStats } from './manager/cluster-manager.js';
export type { ProcessExit } from './manager/cluster-process.js';
export type { ClusterManagerOptions } from './manager/options.js';
export { MANAGER_ID } from './wire/address.js';
