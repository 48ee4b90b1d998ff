/**
 * Arguments of `start` and `dev`: from a command line to settings. Pure; throws a `UsageError` otherwise.
 */
import { parseOptions } from '../kit/parse-options.js';
import type { OptionValues } from '../kit/parse-options.js';
import { UsageError } from '../kit/usage-error.js';

/** Which bot to run, in how many processes. */
export interface BotArguments {
  readonly file: string;
  readonly totalShards: number | 'auto';
  readonly totalClusters: number | undefined;
  readonly shardsPerCluster: number | undefined;
  readonly envFile: string | undefined;
  /** Arguments of the bot file. */
  readonly args: readonly string[];
}

export interface StartArguments extends BotArguments {
  readonly respawn: boolean;
  readonly table: boolean;
}

export interface DevArguments extends BotArguments {
  readonly contracts: string | undefined;
  readonly out: string | undefined;
  /** Whether pages are written when contracts change. */
  readonly gen: boolean;
}

const BOT_OPTIONS = {
  clusters: { type: 'string' },
  shards: { type: 'string' },
  'shards-per-cluster': { type: 'string' },
  'env-file': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const START_OPTIONS = {
  ...BOT_OPTIONS,
  respawn: { type: 'string' },
  'no-table': { type: 'boolean' },
} as const;

const DEV_OPTIONS = {
  ...BOT_OPTIONS,
  contracts: { type: 'string' },
  out: { type: 'string' },
  'no-gen': { type: 'boolean' },
} as const;

/** @returns `'help'` for `--help`. @throws UsageError */
export function parseStart(args: readonly string[]): StartArguments | 'help' {
  const parsed = parse(args, START_OPTIONS);
  if (parsed === 'help') return 'help';
  const { values, bot } = parsed;
  return { ...bot, respawn: toBoolean('respawn', values['respawn']), table: values['no-table'] !== true };
}

/** @returns `'help'` for `--help`. @throws UsageError */
export function parseDev(args: readonly string[]): DevArguments | 'help' {
  const parsed = parse(args, DEV_OPTIONS);
  if (parsed === 'help') return 'help';
  const { values, bot } = parsed;
  const { contracts, out } = values as { readonly contracts?: string; readonly out?: string };
  return { ...bot, contracts, out, gen: values['no-gen'] !== true };
}

interface Parsed {
  readonly values: OptionValues;
  readonly bot: BotArguments;
}

function parse(args: readonly string[], options: typeof START_OPTIONS | typeof DEV_OPTIONS): Parsed | 'help' {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  refuseToken(own);
  const { values, positionals } = parseOptions(own, options);
  if (values['help'] === true) return 'help';
  const [file, extra] = positionals;
  if (file === undefined)
    throw new UsageError('No bot file given. Pass the file that creates the ClusterClient.');
  if (extra !== undefined)
    throw new UsageError(`Unexpected argument '${extra}'. Arguments for the bot go after \`--\`.`);
  return { values, bot: { ...botOf(file, values), args: end < 0 ? [] : args.slice(end + 1) } };
}

/** Every process of the machine can read the arguments of the others. */
function refuseToken(args: readonly string[]): void {
  if (!args.some((arg) => /^--token\b/.test(arg))) return;
  throw new UsageError(
    'A token on the command line can be read by every process. Set DISCORD_TOKEN or use --env-file instead.',
  );
}

function botOf(file: string, values: OptionValues): Omit<BotArguments, 'args'> {
  const { shards } = values;
  const totalClusters = toCount('clusters', values['clusters']);
  const shardsPerCluster = toCount('shards-per-cluster', values['shards-per-cluster']);
  if (totalClusters !== undefined && shardsPerCluster !== undefined)
    throw new UsageError('Use either --clusters or --shards-per-cluster, not both.');
  return {
    file,
    totalShards: shards === 'auto' ? 'auto' : (toCount('shards', shards, " or 'auto'") ?? 'auto'),
    totalClusters,
    shardsPerCluster,
    envFile: values['env-file'] as string | undefined,
  };
}

function toCount(name: string, value: string | boolean | undefined, alternative = ''): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new UsageError(`--${name} must be a positive integer${alternative}, got '${value}'.`);
}

function toBoolean(name: string, value: string | boolean | undefined): boolean {
  if (value === undefined || value === 'true') return true;
  if (value === 'false') return false;
  throw new UsageError(`--${name} must be true or false, got '${value}'.`);
}
