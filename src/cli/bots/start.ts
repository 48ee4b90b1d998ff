/**
 * `shardwire start`: runs the clusters of a bot without a manager file.
 *
 * Resolves when every cluster is ready or has failed; the process runs as long as there are clusters. Signals and exit
 * codes are handled by the manager.
 */
import { ClusterManager } from 'shardwire';
import { canRedraw } from '../kit/terminal.js';
import { parseStart } from './arguments.js';
import { START_HELP } from './help.js';
import { printLifecycle } from './lifecycle-lines.js';
import { prepareBot } from './prepare-bot.js';
import { LiveTable } from './table/live-table.js';

/** More frequent than by default: heartbeats carry the values that the table shows. */
const TABLE_HEARTBEAT = { interval: 2000, timeout: 30_000 };

export async function start(args: readonly string[]): Promise<void> {
  const parsed = parseStart(args);
  if (parsed === 'help') {
    process.stdout.write(START_HELP);
    return;
  }
  const { file, options } = prepareBot(parsed);
  const hasTable = parsed.table && canRedraw(process.stdout, process.env);
  const manager = new ClusterManager(file, {
    ...options,
    respawn: parsed.respawn,
    heartbeat: hasTable ? TABLE_HEARTBEAT : undefined,
  });
  printLifecycle(manager, console.log, console.error);
  manager.once('ready', () => console.log(readyText(manager)));
  const table = hasTable ? new LiveTable(manager, process.stdout) : undefined;
  table?.show();
  try {
    await manager.spawn();
  } catch (error) {
    // The failed clusters were printed already; the others keep running.
    if (!(error instanceof AggregateError)) throw error;
  } finally {
    if (manager.totalClusters === 0) table?.remove();
  }
}

function readyText({ totalClusters, totalShards }: ClusterManager): string {
  const all = totalClusters === 1 ? 'the only cluster is' : `all ${totalClusters} clusters are`;
  return `${all} ready, with ${totalShards} ${totalShards === 1 ? 'shard' : 'shards'}`;
}
