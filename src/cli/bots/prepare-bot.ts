/**
 * Bot preparation: from the arguments of a command line to the options of a manager.
 */
import { resolve } from 'node:path';
import type { ClusterManagerOptions } from 'shardwire';
import { UsageError } from '../kit/usage-error.js';
import type { BotArguments } from './arguments.js';
import { execArgvFor, findBotFile, capabilitiesFor } from './resolve-bot-file.js';

export interface PreparedBot {
  /** Absolute. */
  readonly file: string;
  readonly options: ClusterManagerOptions;
}

/** Also loads the environment file. @throws UsageError for files that cannot be used. */
export function prepareBot(bot: BotArguments): PreparedBot {
  const file = findBotFile(bot.file, process.cwd());
  const execArgv = execArgvFor(file, capabilitiesFor(file));
  if (bot.envFile !== undefined) loadEnvironment(bot.envFile);
  const { totalShards, totalClusters, shardsPerCluster, args } = bot;
  return { file, options: { totalShards, totalClusters, shardsPerCluster, args, execArgv } };
}

/** Variables that are set already keep their values. */
function loadEnvironment(file: string): void {
  try {
    process.loadEnvFile(resolve(file));
  } catch (error) {
    throw new UsageError(`Could not read the environment file ${file}.`, { cause: error });
  }
}
