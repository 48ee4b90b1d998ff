/**
 * Manager options: what users may set, and the settings that follow from it.
 */
import type { RESTOptions } from 'discord.js';
import { checkCount } from '../discord/shard-math.js';
import { resolveLimits } from '../limits.js';
import type { LimitOptions } from '../limits.js';
import type { UntypedCodec } from '../wire/boot.js';
import type { ForkSettings, OutputOption, SupervisorSettings } from '../supervisor/settings.js';
import { checkedBotFile } from './bot-file.js';
import { checkedMs } from '../async/checked-ms.js';
import type { ClusterInfo } from './cluster-info.js';
import { resolveHeartbeat } from '../supervisor/heartbeat.js';
import type { HeartbeatOptions, HeartbeatSettings } from '../supervisor/heartbeat.js';
import { checkedLogger } from '../log/logger.js';
import type { Logger } from '../log/logger.js';
import { resolveRespawn } from '../supervisor/respawn-policy.js';
import type { RespawnOptions } from '../supervisor/respawn-policy.js';

/** Options of a `ClusterManager`. All of them are optional. */
export interface ClusterManagerOptions {
  /** Number of shards of the bot, or `'auto'` to ask Discord. Defaults to `'auto'`. */
  readonly totalShards?: number | 'auto' | undefined;
  /** Number of processes. Defaults to `totalShards` or the number of processor cores, whichever is smaller. */
  readonly totalClusters?: number | undefined;
  /** Maximum number of shards per process; instead of `totalClusters`. */
  readonly shardsPerCluster?: number | undefined;
  /** The bot's token, for `totalShards: 'auto'`. Defaults to the environment variable `DISCORD_TOKEN`. */
  readonly token?: string | undefined;
  /** Options of discord.js' REST client for `totalShards: 'auto'`, such as `{ api }`. */
  readonly rest?: Partial<RESTOptions> | undefined;
  /** Arguments of the bot file. Defaults to none. */
  readonly args?: readonly string[] | undefined;
  /** Arguments of Node in the clusters. Defaults to those of this process, so that loaders carry over. */
  readonly execArgv?: readonly string[] | undefined;
  /** Additional environment variables of the clusters, on top of those of this process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Whether and how a cluster that died is restarted. Defaults to `true`: with the defaults of `RespawnOptions`. */
  readonly respawn?: boolean | RespawnOptions | undefined;
  /**
   * Called when a cluster has failed: it died too often, or was rejected for good, by Discord for example. Its result
   * decides: `'respawn'` gives the cluster a new restart budget and starts it at once, anything else leaves it down.
   */
  readonly onClusterFailed?:
    ((cluster: ClusterInfo, error: Error) => ClusterFailedAction | Promise<ClusterFailedAction>) | undefined;
  /** Checks the event loops of the clusters; a cluster whose event loop is blocked is killed and restarted. `false` disables the check. */
  readonly heartbeat?: HeartbeatOptions | false | undefined;
  /**
   * How long a starting cluster may take to become ready, in milliseconds; the wait for its turn to identify does not
   * count. After that its process is killed, which counts as a death. Defaults to 60 000.
   */
  readonly readyTimeout?: number | undefined;
  /** How long calls in flight may take to end before a cluster is stopped, in milliseconds. Defaults to 5000. */
  readonly drainTimeout?: number | undefined;
  /**
   * How long a cluster may take to finish, its `onShutdown` hooks included, before it gets SIGTERM and, two seconds
   * later, SIGKILL; in milliseconds. Defaults to 10 000.
   */
  readonly shutdownTimeout?: number | undefined;
  /**
   * Whether SIGINT and SIGTERM shut the bot down and end the manager's process with exit code 0; a second signal ends it
   * at once. Also sets exit code 1 when all clusters have failed. `false` leaves signals to you. Defaults to `true`.
   */
  readonly signals?: boolean | undefined;
  /** Time between two identifies of one bucket, in milliseconds. Defaults to Discord's 5000. */
  readonly identifyWindow?: number | undefined;
  /**
   * Encoding of values in the untyped API. `'json'`: as `JSON.stringify` does it. `'v8'`: structured clone, which adds
   * `Date`, `Map`, `Set`, `bigint`, typed arrays, errors and cycles, and is slower for small payloads. Contracts are not
   * affected. Defaults to `'json'`.
   */
  readonly untypedCodec?: UntypedCodec | undefined;
  /** Receives lifecycle events: a pino logger, `console`, or a logger of your own. Defaults to none. */
  readonly logger?: Logger | undefined;
  /**
   * Where stdout and stderr of the clusters go. `'inherit'`: to those of this process. `'prefix'`: the same, line by line,
   * with `[cluster 2] ` in front. `'ignore'`: nowhere. Defaults to `'inherit'`.
   */
  readonly output?: OutputOption | undefined;
  /** Limits of payloads, queues and calls. */
  readonly limits?: LimitOptions | undefined;
}

/** Result of `onClusterFailed`: `'respawn'` restarts the cluster, anything else leaves it down. */
export type ClusterFailedAction = 'respawn' | undefined | void;

export interface ManagerSettings extends ForkSettings, SupervisorSettings {
  readonly totalShards: number | 'auto';
  readonly totalClusters: number | undefined;
  readonly shardsPerCluster: number | undefined;
  readonly token: string | undefined;
  readonly rest: Partial<RESTOptions>;
  readonly onClusterFailed: ClusterManagerOptions['onClusterFailed'];
  /** `undefined`: no heartbeats are sent. */
  readonly heartbeat: HeartbeatSettings | undefined;
  readonly signals: boolean;
  readonly identifyWindowMs: number;
  readonly logger: Logger | undefined;
}

/** @throws Error, RangeError or TypeError with one sentence that says what to do. */
export function resolveManagerOptions(file: string | URL, options: ClusterManagerOptions): ManagerSettings {
  const { totalShards = 'auto', totalClusters, shardsPerCluster } = options;
  if (totalShards !== 'auto') checkCount('totalShards', totalShards);
  if (totalClusters !== undefined) checkCount('totalClusters', totalClusters);
  if (shardsPerCluster !== undefined) checkCount('shardsPerCluster', shardsPerCluster);
  if (totalClusters !== undefined && shardsPerCluster !== undefined) {
    throw new TypeError('Set totalClusters or shardsPerCluster, not both: each follows from the other.');
  }
  return {
    file: checkedBotFile(file),
    totalShards,
    totalClusters,
    shardsPerCluster,
    token: options.token ?? process.env['DISCORD_TOKEN'],
    rest: options.rest ?? {},
    args: options.args ?? [],
    execArgv: options.execArgv ?? process.execArgv,
    env: options.env ?? {},
    respawn: resolveRespawn(options.respawn),
    onClusterFailed: options.onClusterFailed,
    heartbeat: resolveHeartbeat(options.heartbeat),
    readyTimeoutMs: checkedMs('readyTimeout', options.readyTimeout ?? 60_000),
    drainTimeoutMs: checkedMs('drainTimeout', options.drainTimeout ?? 5000),
    shutdownTimeoutMs: checkedMs('shutdownTimeout', options.shutdownTimeout ?? 10_000),
    signals: options.signals ?? true,
    identifyWindowMs: checkedMs('identifyWindow', options.identifyWindow ?? 5000),
    untypedCodec: checkedCodec(options.untypedCodec ?? 'json'),
    logger: checkedLogger(options.logger),
    output: checkedOutput(options.output ?? 'inherit'),
    limits: resolveLimits(options.limits),
  };
}

/** Returns the number of clusters for a number of shards. */
export function countClusters(settings: ManagerSettings, totalShards: number): number {
  const { totalClusters, shardsPerCluster } = settings;
  if (shardsPerCluster !== undefined) return Math.ceil(totalShards / shardsPerCluster);
  const { availableParallelism } = process.getBuiltinModule('node:os');
  return totalClusters ?? Math.min(totalShards, availableParallelism());
}

function checkedCodec(codec: UntypedCodec): UntypedCodec {
  if (codec === 'json' || codec === 'v8') return codec;
  throw new TypeError(`untypedCodec must be 'json' or 'v8', got ${String(codec)}`);
}

function checkedOutput(output: OutputOption): OutputOption {
  if (output === 'inherit' || output === 'prefix' || output === 'ignore') return output;
  throw new TypeError(`output must be 'inherit', 'prefix' or 'ignore', got ${String(output)}`);
}
