/**
 * Arguments: what a command line asks for. Pure; whoever did not understand it is told in one sentence.
 */
import { parseArgs } from 'node:util';
import { suggestionFor } from '../suggestion.js';

/** Which bot, in how many processes. */
export interface BotArguments {
  readonly file: string;
  readonly totalShards: number | 'auto';
  readonly totalClusters: number | undefined;
  readonly shardsPerCluster: number | undefined;
  readonly envFile: string | undefined;
  /** Those of the bot file. */
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

/** A command line that cannot be understood; the message is a sentence. */
export class UsageError extends Error {}

const BOT_FLAGS = {
  clusters: { type: 'string' },
  shards: { type: 'string' },
  'shards-per-cluster': { type: 'string' },
  'env-file': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const START_FLAGS = { ...BOT_FLAGS, respawn: { type: 'string' }, 'no-table': { type: 'boolean' } } as const;

const DEV_FLAGS = {
  ...BOT_FLAGS,
  contracts: { type: 'string' },
  out: { type: 'string' },
  'no-gen': { type: 'boolean' },
} as const;

type Flags = typeof START_FLAGS | typeof DEV_FLAGS;
type Values = Readonly<Record<string, string | boolean | undefined>>;

/** @returns `'help'` where that is asked for. @throws UsageError */
export function parseStart(args: readonly string[]): StartArguments | 'help' {
  const given = readFlags(args, START_FLAGS);
  if (given === 'help') return 'help';
  const { values, bot } = given;
  return { ...bot, respawn: truth('respawn', values['respawn']), table: values['no-table'] !== true };
}

/** @returns `'help'` where that is asked for. @throws UsageError */
export function parseDev(args: readonly string[]): DevArguments | 'help' {
  const given = readFlags(args, DEV_FLAGS);
  if (given === 'help') return 'help';
  const { values, bot } = given;
  const { contracts, out } = values as { readonly contracts?: string; readonly out?: string };
  return { ...bot, contracts, out, gen: values['no-gen'] !== true };
}

interface Given {
  readonly values: Values;
  readonly bot: BotArguments;
}

function readFlags(args: readonly string[], flags: Flags): Given | 'help' {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  const { values, positionals } = parsed(own, flags);
  if (values['help'] === true) return 'help';
  const [file, extra] = positionals;
  if (file === undefined) throw new UsageError('Name the bot file: the one that makes the ClusterClient.');
  if (extra !== undefined)
    throw new UsageError(`'${extra}' is too much: what is meant for the bot comes after \`--\`.`);
  return { values, bot: { ...botOf(file, values), args: end < 0 ? [] : args.slice(end + 1) } };
}

function botOf(file: string, values: Values): Omit<BotArguments, 'args'> {
  const { shards } = values;
  const totalClusters = count('clusters', values['clusters']);
  const shardsPerCluster = count('shards-per-cluster', values['shards-per-cluster']);
  if (totalClusters !== undefined && shardsPerCluster !== undefined)
    throw new UsageError('Give --clusters or --shards-per-cluster, not both: each follows from the other.');
  return {
    file,
    totalShards: shards === 'auto' ? 'auto' : (count('shards', shards, " or 'auto'") ?? 'auto'),
    totalClusters,
    shardsPerCluster,
    envFile: values['env-file'] as string | undefined,
  };
}

function count(name: string, given: string | boolean | undefined, otherwise = ''): number | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'string' && /^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new UsageError(`--${name} takes a whole number from 1${otherwise}, not '${given}'.`);
}

function truth(name: string, given: string | boolean | undefined): boolean {
  if (given === undefined || given === 'true') return true;
  if (given === 'false') return false;
  throw new UsageError(`--${name} takes true or false, not '${given}'.`);
}

interface Parsed {
  readonly values: Values;
  readonly positionals: readonly string[];
}

function parsed(args: readonly string[], options: Flags): Parsed {
  refuseToken(args);
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    return { values: values as Values, positionals };
  } catch (error) {
    throw new UsageError(whatIsWrong((error as Error).message, Object.keys(options)), { cause: error });
  }
}

/** Everybody on the machine may read a process' arguments. */
function refuseToken(args: readonly string[]): void {
  if (!args.some((arg) => /^--token\b/.test(arg))) return;
  throw new UsageError(
    'A token on the command line can be read by every process: set DISCORD_TOKEN, or use --env-file.',
  );
}

/** Node's first sentence says what; what it goes on to suggest is not for flags. */
function whatIsWrong(message: string, names: readonly string[]): string {
  const [, unknown] = /^Unknown option '--?([^']*)'/.exec(message) ?? [];
  if (unknown === undefined) return `${(message.split(/\.\s|\n/)[0] ?? '').replace(/\.$/, '')}.`;
  const meant = suggestionFor(unknown, names);
  return `There is no option --${unknown}${meant === undefined ? '.' : `; was it to be --${meant}?`}`;
}
