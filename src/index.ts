/**
 * Shardwire: typed, validated calls between the clusters of a discord.js bot.
 */
export { ClusterClient } from './cluster/cluster-client.js';
export type { ClusterStats } from './cluster/cluster-stats.js';
export type { SingletonJob, JobContext, JobHandle } from './cluster/jobs.js';
export type { ShutdownHook } from './cluster/shutdown-hooks.js';
export { clusterIdOfGuild, clusterIdOfShard, shardIdOf, shardRanges } from './discord/shard-math.js';
export { IPCError, RemoteError } from './errors.js';
export type { IPCErrorCode } from './errors.js';
export type { CallOptions } from './ipc/client/call-options.js';
export type { RpcStats } from './ipc/rpc-stats.js';
export { EventBusClient } from './ipc/events/event-bus-client.js';
export type { ClusterEventListener } from './ipc/events/event-bus-client.js';
export type { AckReport } from './ipc/events/ack-report.js';
export type { HandlerContext } from './ipc/server/handler-context.js';
export { IPCHandler } from './ipc/ipc-handler.js';
export type { ContractEvents, ContractHandlers } from './ipc/known-names.js';
export type { LimitOptions } from './limits.js';
export { ResultCollection } from './ipc/client/result-collection.js';
export type { ClusterFailure, ClusterResult } from './ipc/client/result-collection.js';
export type { ContractSkew } from './router/layout-negotiation.js';
export { ClusterManager } from './manager/cluster-manager.js';
export type { ClusterDeath, DeathReason, ProcessExit } from './supervisor/cluster-death.js';
export type { ClusterInfo } from './manager/cluster-info.js';
export { HandoverError } from './manager/rollout/handover.js';
export type { HandoverMode, HandoverPhase } from './manager/rollout/handover.js';
export type { HeartbeatOptions } from './supervisor/heartbeat.js';
export type { ClusterState } from './supervisor/state-machine.js';
export type { LogEvent } from './log/log-events.js';
export type { LogFields, LogMethod, Logger } from './log/logger.js';
export type { ManagerStats } from './manager/stats.js';
export type { ClusterManagerEvents } from './manager/events.js';
export type { ClusterManagerOptions, ClusterFailedAction } from './manager/options.js';
export type { OutputOption } from './supervisor/settings.js';
export type { RespawnOptions } from './supervisor/respawn-policy.js';
export type {
  HandoverOptions,
  HandoverProgress,
  ReshardOptions,
  RolloutReport,
  RollingRestartOptions,
} from './manager/rollout/rollout.js';
export { MANAGER_ID } from './wire/address.js';
