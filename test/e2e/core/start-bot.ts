/**
 * Real bots for tests: a manager in this process, clusters in forked ones, all gone when the test is over.
 */
import { resolve } from 'node:path';
import { ClusterManager } from 'shardwire';
import type { ClusterManagerOptions } from 'shardwire';
import { onTestFinished } from 'vitest';
import { isAlive } from '../../support/processes.js';

export const BOTS = resolve(import.meta.dirname, '../../../build/test/bots');

/** Makes a manager that is shut down at the end of the test, whatever became of it. */
export function makeManager(bot: string, options: ClusterManagerOptions = {}): ClusterManager {
  const manager = new ClusterManager(resolve(BOTS, bot), {
    totalShards: 2,
    totalClusters: 2,
    execArgv: [],
    drainTimeout: 100,
    shutdownTimeout: 2000,
    // The signals and the exit code of this process are the test runner's.
    signals: false,
    respawn: { initialDelay: 100 },
    ...options,
  });
  const pids: number[] = [];
  manager.on('clusterCreate', ({ pid }) => void (pid !== undefined && pids.push(pid)));
  onTestFinished(async () => {
    await manager.shutdown();
    for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });
  return manager;
}

/** Every cluster is ready when this resolves. */
export async function startBot(
  totalClusters = 2,
  options: ClusterManagerOptions = {},
): Promise<ClusterManager> {
  const manager = makeManager('core-bot.js', { totalShards: totalClusters, totalClusters, ...options });
  await manager.spawn();
  return manager;
}

export function pidsOf(manager: ClusterManager): number[] {
  return manager.clusters.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
}

/** How a call that a cluster made has ended. */
export interface CallEnd {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly text?: string;
  readonly code?: string | null;
}

/** Lets a cluster make a call. */
export function callFrom(
  manager: ClusterManager,
  clusterId: number,
  verb: 'request' | 'requestTo' | 'requestToGuild' | 'requestAll',
  ...args: readonly unknown[]
): Promise<CallEnd> {
  return manager.ipc.requestTo<CallEnd>(clusterId, 'call', { verb, args });
}

/** Lets a cluster send an event. */
export function emitFrom(
  manager: ClusterManager,
  clusterId: number,
  verb: 'broadcast' | 'emitTo' | 'broadcastAndWait',
  ...args: readonly unknown[]
): Promise<unknown> {
  return manager.ipc.requestTo(clusterId, 'emit', { verb, args });
}
