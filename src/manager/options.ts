/**
 * Manager options: what a manager can be told, and what it makes of what it was not told.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RESTOptions } from 'discord.js';
import { checkCount } from '../discord/shard-math.js';
import { resolveLimits } from '../ipc/limits.js';
import type { LimitOptions, Limits } from '../ipc/limits.js';
import type { UntypedCodec } from '../ipc/value-codec.js';

export interface ClusterManagerOptions {
  /** All shards of the bot, or `'auto'` to ask Discord. Defaults to `'auto'`. */
  readonly totalShards?: number | 'auto' | undefined;
  /** How many processes. Defaults to `totalShards` or the number of processor cores, whichever is smaller. */
  readonly totalClusters?: number | undefined;
  /** How many shards each process has at most; instead of `totalClusters`. */
  readonly shardsPerCluster?: number | undefined;
  /** The bot's token, for `totalShards: 'auto'`. Defaults to the environment's `DISCORD_TOKEN`. */
  readonly token?: string | undefined;
  /** Options of discord.js' REST for `totalShards: 'auto'`, such as `{ api }`. */
  readonly rest?: Partial<RESTOptions> | undefined;
  /** Arguments of the bot file. Defaults to none. */
  readonly args?: readonly string[] | undefined;
  /** Arguments of Node in the clusters. Defaults to this process' own, so that loaders carry over. */
  readonly execArgv?: readonly string[] | undefined;
  /** Further environment variables of the clusters, on top of this process' own. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Whether a cluster that died is started again, a second later. Defaults to `true`. */
  readonly respawn?: boolean | undefined;
  /**
   * How long a starting cluster may take to become ready, in milliseconds; waiting for its turn to identify
   * does not count. Past it, the cluster has failed. Defaults to 60 000.
   */
  readonly readyTimeout?: number | undefined;
  /** How long a cluster may take to finish at `shutdown()` before it is killed, in milliseconds. Defaults to 10 000. */
  readonly shutdownTimeout?: number | undefined;
  /** The time between two identifies of one bucket, in milliseconds. Defaults to Discord's 5000. */
  readonly identifyWindow?: number | undefined;
  /**
   * How values of the untyped API travel. `'json'`: as `JSON.stringify` has it. `'v8'`: structured clone, which
   * adds `Date`, `Map`, `Set`, `bigint`, typed arrays, errors and cycles, and is slower for small payloads.
   * Contracts are not concerned. Defaults to `'json'`.
   */
  readonly codec?: UntypedCodec | undefined;
  /** Bounds of payloads, queues and calls. */
  readonly limits?: LimitOptions | undefined;
}

export interface ManagerSettings {
  readonly file: string;
  readonly totalShards: number | 'auto';
  readonly totalClusters: number | undefined;
  readonly shardsPerCluster: number | undefined;
  readonly token: string | undefined;
  readonly rest: Partial<RESTOptions>;
  readonly args: readonly string[];
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly respawn: boolean;
  readonly readyTimeoutMs: number;
  readonly shutdownTimeoutMs: number;
  readonly identifyWindowMs: number;
  readonly codec: UntypedCodec;
  readonly limits: Limits;
}

/** @throws Error, RangeError or TypeError with one sentence that says what to do. */
export function resolveManagerOptions(file: string | URL, options: ClusterManagerOptions): ManagerSettings {
  const { totalShards = 'auto', totalClusters, shardsPerCluster } = options;
  if (totalShards !== 'auto') checkCount('totalShards', totalShards);
  if (totalClusters !== undefined) checkCount('totalClusters', totalClusters);
  if (shardsPerCluster !== undefined) checkCount('shardsPerCluster', shardsPerCluster);
  if (totalClusters !== undefined && shardsPerCluster !== undefined) {
    throw new TypeError('Give totalClusters or shardsPerCluster, not both: each follows from the other.');
  }
  return {
    file: checkedFile(file),
    totalShards,
    totalClusters,
    shardsPerCluster,
    token: options.token ?? process.env['DISCORD_TOKEN'],
    rest: options.rest ?? {},
    args: options.args ?? [],
    execArgv: options.execArgv ?? process.execArgv,
    env: options.env ?? {},
    respawn: options.respawn ?? true,
    readyTimeoutMs: checkedMs('readyTimeout', options.readyTimeout ?? 60_000),
    shutdownTimeoutMs: checkedMs('shutdownTimeout', options.shutdownTimeout ?? 10_000),
    identifyWindowMs: checkedMs('identifyWindow', options.identifyWindow ?? 5000),
    codec: checkedCodec(options.codec ?? 'json'),
    limits: resolveLimits(options.limits),
  };
}

/** How many clusters, once the number of shards is known. */
export function countClusters(settings: ManagerSettings, totalShards: number): number {
  const { totalClusters, shardsPerCluster } = settings;
  if (shardsPerCluster !== undefined) return Math.ceil(totalShards / shardsPerCluster);
  return totalClusters ?? Math.min(totalShards, availableParallelism());
}

function checkedFile(file: string | URL): string {
  const path = file instanceof URL ? fileURLToPath(file) : resolve(file);
  if (existsSync(path)) return path;
  throw new Error(`There is no bot file at ${path}: ${missingFileHint(path)}`);
}

/** The most common slip: the manager runs from TypeScript and names the file that a build would make. */
function missingFileHint(path: string): string {
  const source = path.replace(/\.(m?)js$/, '.$1ts');
  if (source !== path && existsSync(source))
    return `build ${source} first, or name it and run the manager with tsx.`;
  return 'pass the path of the file that makes the ClusterClient.';
}

function checkedCodec(codec: UntypedCodec): UntypedCodec {
  if (codec === 'json' || codec === 'v8') return codec;
  throw new TypeError(`codec must be 'json' or 'v8', got ${String(codec)}`);
}

function checkedMs(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0 && value <= 2_147_483_647) return value;
  throw new RangeError(`${name} must be a number of milliseconds from 0 to 2147483647, got ${String(value)}`);
}
