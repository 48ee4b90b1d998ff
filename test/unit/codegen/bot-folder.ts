/**
 * Bot folders: a project of a user's, with shardwire installed in it, for tests of the command.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { run } from '../../../codegen/cli.js';
import { ROOT } from './read-contract.js';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface BotFolder {
  /** Absolute. */
  readonly path: string;
  put(files: Readonly<Record<string, string>>): void;
  read(name: string): string;
  /** Runs the command there. */
  shardwire(...args: readonly string[]): Promise<Outcome>;
}

/** Gives each test of the file a folder of its own. */
export function useBotFolder(): BotFolder {
  let bot = '';

  beforeEach(() => {
    bot = mkdtempSync(join(tmpdir(), 'shardwire-'));
    mkdirSync(join(bot, 'node_modules'));
    symlinkSync(ROOT, join(bot, 'node_modules/shardwire'));
    const compilerOptions = { module: 'nodenext', customConditions: ['shardwire-source'] };
    put({ 'tsconfig.json': JSON.stringify({ compilerOptions }), 'package.json': '{ "type": "module" }' });
  });

  afterEach(() => rmSync(bot, { recursive: true, force: true }));

  function put(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(bot, name)), { recursive: true });
      writeFileSync(join(bot, name), text);
    }
  }

  return {
    get path() {
      return bot;
    },
    put,
    read: (name) => readFileSync(join(bot, name), 'utf8'),
    shardwire: async (...args) => {
      let [out, err] = ['', ''];
      const code = await run(args, {
        cwd: bot,
        colours: false,
        print: (text) => void (out += text),
        printError: (text) => void (err += text),
      });
      return { code, out, err };
    },
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
