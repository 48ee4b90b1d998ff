/**
 * Bot file resolution: the path of the bot file, and the Node arguments that run it.
 *
 * JavaScript needs none. TypeScript runs with tsx, if this process uses tsx or the bot's project has it, else with Node's
 * own type stripping; without either it is a usage error.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../kit/usage-error.js';

/** Facts that decide how a file can be run. */
export interface NodeCapabilities {
  /** Node's arguments of this process. */
  readonly execArgv: readonly string[];
  /** Whether this Node strips types. */
  readonly stripsTypes: boolean;
  /** Path of the tsx module in the bot's project, if there is one. */
  readonly tsx: string | undefined;
}

/** Returns the absolute path. @throws UsageError when there is no such file. */
export function findBotFile(name: string, cwd: string): string {
  const path = resolve(cwd, name);
  if (existsSync(path)) return path;
  const [nearby] = ['.ts', '.js', '.mts', '.mjs'].filter((ending) => existsSync(withEnding(path, ending)));
  const hint = nearby === undefined ? '' : ` Did you mean ${withEnding(name, nearby)}?`;
  throw new UsageError(`Bot file not found: ${path}.${hint}`);
}

function withEnding(path: string, ending: string): string {
  return path.replace(/(\.[cm]?[jt]s)?$/, ending);
}

/** Node's arguments for the clusters. @throws UsageError for TypeScript that cannot be run here. */
export function execArgvFor(
  path: string,
  { execArgv, stripsTypes, tsx }: NodeCapabilities,
): readonly string[] {
  const isPlain = !/\.[cm]?tsx?$/.test(path);
  if (isPlain || execArgv.some((arg) => /[\\/]tsx[\\/]/.test(arg) || arg === 'tsx')) return execArgv;
  if (tsx !== undefined) return [...execArgv, '--import', pathToFileURL(tsx).href];
  if (stripsTypes) return execArgv;
  throw new UsageError(
    `${path} is TypeScript, which this version of Node cannot run. Install tsx (npm i -D tsx), or build the bot and pass the .js file.`,
  );
}

/** The capabilities of this process and the bot's project. */
export function capabilitiesFor(path: string): NodeCapabilities {
  const { typescript = false } = process.features as { readonly typescript?: string | false };
  return { execArgv: process.execArgv, stripsTypes: typescript !== false, tsx: resolveTsx(path) };
}

function resolveTsx(path: string): string | undefined {
  try {
    return createRequire(path).resolve('tsx');
  } catch {
    return undefined;
  }
}
