/**
 * Lifecycle lines: the events of a manager's clusters, printed as one line each.
 */
import type { ClusterDeath, ClusterInfo, ClusterManager } from 'shardwire';
import { describeDeath } from '../../supervisor/cluster-death.js';
import { shardsText } from './shards-text.js';

/** Prints every start, death and failure from now on. */
export function printLifecycle(
  manager: ClusterManager,
  print: (line: string) => void,
  printError: (line: string) => void,
): void {
  manager.on('clusterCreate', (cluster) => print(createdLine(cluster)));
  manager.on('clusterReady', (cluster) => print(readyLine(cluster)));
  manager.on('clusterDeath', (cluster, death) => print(deathLine(cluster, death)));
  manager.on('clusterFailed', (_cluster, error) => printError(error.message));
}

export function createdLine({ id, pid, generation, shardList }: ClusterInfo): string {
  return `cluster ${id}: ${processText(pid, generation)} started, ${shardsText(shardList, 'shard ')}`;
}

export function readyLine({ id, pid, generation, uptime }: ClusterInfo): string {
  return `cluster ${id}: ${processText(pid, generation)} is ready after ${(uptime / 1000).toFixed(1)} s`;
}

export function deathLine({ id, state }: ClusterInfo, death: ClusterDeath): string {
  const consequence = state === 'backoff' ? '; it will be restarted' : '';
  const verb = death.reason === 'stopped' ? 'was' : 'died:';
  return `cluster ${id}: ${processText(death.pid, death.generation)} ${verb} ${describeDeath(death)}${consequence}`;
}

function processText(pid: number | undefined, generation: number): string {
  return `process ${generation} (pid ${pid ?? 'none'})`;
}
