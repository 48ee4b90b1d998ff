import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parseStart } from '../../../src/cli/bots/arguments.js';
import type { BotArguments } from '../../../src/cli/bots/arguments.js';
import { prepareBot } from '../../../src/cli/bots/prepare-bot.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shardwire-prepare-bot-'));
  writeFileSync(join(folder, 'bot.js'), '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const parsed = (...args: string[]): BotArguments =>
  parseStart([join(folder, 'bot.js'), ...args]) as BotArguments;

it('passes the options of the command line to the manager, and nothing else', () => {
  expect(prepareBot(parsed('--shards', '4', '--clusters', '2', '--', 'x'))).toEqual({
    file: join(folder, 'bot.js'),
    options: {
      totalShards: 4,
      totalClusters: 2,
      shardsPerCluster: undefined,
      args: ['x'],
      execArgv: process.execArgv,
    },
  });
});

it('loads the environment file; variables that are set keep their values', () => {
  vi.stubEnv('SHARDWIRE_TEST_SET', 'before');
  vi.stubEnv('SHARDWIRE_TEST_NEW', undefined);
  writeFileSync(join(folder, 'env'), 'SHARDWIRE_TEST_SET=after\nSHARDWIRE_TEST_NEW=new\n');

  prepareBot(parsed('--env-file', join(folder, 'env')));

  expect([process.env['SHARDWIRE_TEST_SET'], process.env['SHARDWIRE_TEST_NEW']]).toEqual(['before', 'new']);
});

it('reports an environment file that cannot be read', () => {
  expect(() => prepareBot(parsed('--env-file', join(folder, 'none')))).toThrow(
    `Could not read the environment file ${join(folder, 'none')}.`,
  );
});
