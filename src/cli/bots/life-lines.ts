/**
 * Life lines: what a manager tells of its clusters, as one line each.
 */
import type { ClusterDeath, ClusterInfo, ClusterManager } from 'shardwire';
import { describeDeath } from '../../supervisor/cluster-death.js';
import { shardsText } from './shards-text.js';

/** Tells of every start, death and failure from now on. */
export function tellLives(
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
  const after = state === 'backoff' ? '; it will be started again' : '';
  const what = processText(death.pid, death.generation);
  return `cluster ${id}: ${what} ${death.reason === 'stopped' ? 'was' : 'is gone:'} ${describeDeath(death)}${after}`;
}

function processText(pid: number | undefined, generation: number): string {
  return `process ${generation} (pid ${pid ?? 'none'})`;
}
