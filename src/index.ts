/**
 * Shardwire: typed, validated calls between the clusters of a discord.js bot.
 */
export { ClusterClient } from './cluster/cluster-client.js';
export type { ClusterStats } from './cluster/cluster-stats.js';
export type { PrimaryWork, WorkContext, WorkHandle } from './cluster/primary-work.js';
export type { ShutdownHook } from './cluster/shutdown-hooks.js';
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
export type { ContractSkew } from './manager/agreements.js';
export { ClusterManager } from './manager/cluster-manager.js';
export type { ClusterDeath, DeathKind, ProcessExit } from './manager/cluster-death.js';
export type { ClusterInfo } from './manager/cluster-info.js';
export { HandOverError } from './manager/hand-over.js';
export type { HandOverMode, HandOverPhase } from './manager/hand-over.js';
export type { HeartbeatOptions } from './manager/heartbeat.js';
export type { LifeState } from './manager/life.js';
export type { LogEvent } from './manager/log-events.js';
export type { LogFields, LogMethod, Logger } from './manager/logger.js';
export type { ManagerStats } from './manager/manager-stats.js';
export type { ClusterManagerEvents } from './manager/manager-events.js';
export type { ClusterManagerOptions, FailedDecision, OutputOption } from './manager/options.js';
export type { RespawnOptions } from './manager/respawn-policy.js';
export type {
  HandOverChoice,
  HandOverProgress,
  ReshardOptions,
  RolloutReport,
  RollingRestartOptions,
} from './manager/rollout.js';
export { MANAGER_ID } from './wire/address.js';
