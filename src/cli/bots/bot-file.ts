/**
 * Bot file: where it is, and what Node has to be told to run it.
 *
 * JavaScript runs as it is. TypeScript runs with tsx, if this process already does or the bot's project has it, or by
 * Node's own type stripping; otherwise somebody is told what to do.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from './arguments.js';

/** What decides how a file can be run. */
export interface Means {
  /** Of this process. */
  readonly execArgv: readonly string[];
  /** Whether this Node takes types away by itself. */
  readonly stripsTypes: boolean;
  /** The module of tsx that the bot's project has, if it has one. */
  readonly tsx: string | undefined;
}

/** The file's path. @throws UsageError when there is none. */
export function findBotFile(name: string, cwd: string): string {
  const path = resolve(cwd, name);
  if (existsSync(path)) return path;
  const [nearby] = ['.ts', '.js', '.mts', '.mjs'].filter((ending) => existsSync(withEnding(path, ending)));
  const hint = nearby === undefined ? '' : `; there is ${withEnding(name, nearby)}`;
  throw new UsageError(`There is no bot file at ${path}${hint}.`);
}

function withEnding(path: string, ending: string): string {
  return path.replace(/(\.[cm]?[jt]s)?$/, ending);
}

/** Node's arguments for the clusters. @throws UsageError for TypeScript that nothing here can run. */
export function execArgvFor(path: string, { execArgv, stripsTypes, tsx }: Means): readonly string[] {
  const isPlain = !/\.[cm]?tsx?$/.test(path);
  if (isPlain || execArgv.some((arg) => /[\\/]tsx[\\/]/.test(arg) || arg === 'tsx')) return execArgv;
  if (tsx !== undefined) return [...execArgv, '--import', pathToFileURL(tsx).href];
  if (stripsTypes) return execArgv;
  throw new UsageError(
    `${path} is TypeScript, which this Node does not run by itself: install tsx (npm i -D tsx), or build the bot and name the .js file.`,
  );
}

/** What this process and the bot's project have. */
export function meansFor(path: string): Means {
  const { typescript = false } = process.features as { readonly typescript?: string | false };
  return { execArgv: process.execArgv, stripsTypes: typescript !== false, tsx: tsxOf(path) };
}

function tsxOf(path: string): string | undefined {
  try {
    return createRequire(path).resolve('tsx');
  } catch {
    return undefined;
  }
}
