/**
 * A bot's folder in tests: what a user has, with the package linked into it.
 */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { run } from '../../../codegen/cli/cli.js';
import { ROOT } from './read-contract.js';

/** Texts of files, by their paths in the folder. They are written in this order. */
export type Files = Readonly<Record<string, string>>;

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** @param inside - Folders below the temporary one, for another path than the last bot had. */
export function makeBotFolder(inside = ''): string {
  const bot = join(mkdtempSync(join(tmpdir(), 'shardwire-')), inside);
  mkdirSync(join(bot, 'node_modules'), { recursive: true });
  symlinkSync(ROOT, join(bot, 'node_modules/shardwire'));
  const compilerOptions = { module: 'nodenext', customConditions: ['shardwire-source'] };
  putFiles(bot, {
    'tsconfig.json': JSON.stringify({ compilerOptions }),
    'package.json': '{ "type": "module" }',
  });
  return bot;
}

export function putFiles(bot: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(bot, name)), { recursive: true });
    writeFileSync(join(bot, name), text);
  }
}

/** The command as it is typed in the bot's folder. */
export async function shardwireIn(bot: string, ...args: readonly string[]): Promise<Outcome> {
  let [out, err] = ['', ''];
  const code = await run(args, {
    cwd: bot,
    colours: false,
    print: (text) => (out += text),
    printError: (text) => (err += text),
  });
  return { code, out, err };
}

/** What is in a folder of the bot's, by name. */
export function filesIn(bot: string, folder: string): Files {
  const names = readdirSync(join(bot, folder)).toSorted();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(bot, folder, name), 'utf8')]));
}

/** A bot's folder of the test that runs. */
export interface BotFolder {
  /** Absolute. */
  readonly path: string;
  readonly put: (files: Files) => void;
  readonly read: (name: string) => string;
  readonly shardwire: (...args: readonly string[]) => Promise<Outcome>;
}

/** Gives each test of the file a folder of its own. */
export function useBotFolder(): BotFolder {
  let bot = '';
  beforeEach(() => {
    bot = makeBotFolder();
  });
  afterEach(() => rmSync(bot, { recursive: true, force: true }));
  return {
    get path() {
      return bot;
    },
    put: (files) => putFiles(bot, files),
    read: (name) => readFileSync(join(bot, name), 'utf8'),
    shardwire: (...args) => shardwireIn(bot, ...args),
  };
}

/** A contract with one handler. */
export const GUILDS = `
  import type { Handlers } from 'shardwire/contract';
  export interface Guilds extends Handlers { getUserCount(): number }
`;

/** A contract with one event. */
export const USERS = `
  import type { Events } from 'shardwire/contract';
  export interface Users extends Events { renamed: { name: string } }
`;
