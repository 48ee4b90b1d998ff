/**
 * `shardwire start`: the clusters of a bot, without a manager file.
 *
 * Resolves when every cluster is ready or has failed; the process goes on as long as there are clusters. Signals and
 * exit codes are the manager's.
 */
import { ClusterManager } from 'shardwire';
import { parseStart } from './arguments.js';
import { START_HELP } from './help.js';
import { tellLives } from './life-lines.js';
import { prepareBot } from './prepare-bot.js';
import { LiveTable } from './table/live-table.js';
import { canRedraw } from './table/terminal.js';

/** More often than by default: the table shows what clusters say of themselves. */
const TABLE_HEARTBEAT = { interval: 2000, timeout: 30_000 };

export async function start(args: readonly string[]): Promise<void> {
  const given = parseStart(args);
  if (given === 'help') {
    process.stdout.write(START_HELP);
    return;
  }
  const { file, options } = prepareBot(given);
  const hasTable = given.table && canRedraw(process.stdout, process.env);
  const manager = new ClusterManager(file, {
    ...options,
    respawn: given.respawn,
    heartbeat: hasTable ? TABLE_HEARTBEAT : undefined,
  });
  tellLives(manager, console.log, console.error);
  manager.once('ready', () => console.log(readyText(manager)));
  const table = hasTable ? new LiveTable(manager, process.stdout) : undefined;
  table?.show();
  try {
    await manager.spawn();
  } catch (error) {
    // Which clusters have failed, and why, has been said; the others go on.
    if (!(error instanceof AggregateError)) throw error;
  } finally {
    if (manager.totalClusters === 0) table?.remove();
  }
}

function readyText({ totalClusters, totalShards }: ClusterManager): string {
  const all = totalClusters === 1 ? 'the only cluster is' : `all ${totalClusters} clusters are`;
  return `${all} ready, with ${totalShards} ${totalShards === 1 ? 'shard' : 'shards'}`;
}
