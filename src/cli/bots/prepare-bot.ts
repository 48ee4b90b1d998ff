/**
 * Prepare bot: from what a command line says to what a manager is told.
 */
import { resolve } from 'node:path';
import type { ClusterManagerOptions } from 'shardwire';
import { UsageError } from './arguments.js';
import type { BotArguments } from './arguments.js';
import { execArgvFor, findBotFile, meansFor } from './bot-file.js';

export interface PreparedBot {
  /** Absolute. */
  readonly file: string;
  readonly options: ClusterManagerOptions;
}

/** Also reads the environment file. @throws UsageError for files that cannot be used. */
export function prepareBot(given: BotArguments): PreparedBot {
  const file = findBotFile(given.file, process.cwd());
  const execArgv = execArgvFor(file, meansFor(file));
  if (given.envFile !== undefined) loadEnvironment(given.envFile);
  const { totalShards, totalClusters, shardsPerCluster, args } = given;
  return { file, options: { totalShards, totalClusters, shardsPerCluster, args, execArgv } };
}

/** What is set already stays. */
function loadEnvironment(file: string): void {
  try {
    process.loadEnvFile(resolve(file));
  } catch (error) {
    throw new UsageError(`The environment file ${file} could not be read.`, { cause: error });
  }
}
