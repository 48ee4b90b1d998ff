/**
 * A bot whose contracts were edited after its pages were written says so, in one line, while it is developed.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ROOT, runNode } from './setup/run-process.js';

const PROJECT = join(ROOT, 'build/stale');
const BOT = `
import { EventEmitter } from 'node:events';
import { ClusterClient } from '../../dist/src/index.js';
import { bind } from '../generated/index.js';

const cluster = new ClusterClient(new EventEmitter());
bind(cluster);
bind(cluster);
setTimeout(() => process.exit(), 300);
`;

beforeAll(async () => {
  await mkdir(join(PROJECT, 'contracts'), { recursive: true });
  await writeFile(join(PROJECT, 'package.json'), '{ "type": "module", "name": "stale" }');
  await writeFile(join(PROJECT, 'bot.js'), BOT);
});

async function runBot(edit: string, env: Record<string, string> = {}) {
  const contract = await readFile(join(ROOT, 'contracts/guilds.ts'), 'utf8');
  await writeFile(join(PROJECT, 'contracts/guilds.ts'), contract + edit);
  return runNode([join(PROJECT, 'bot.js')], { env });
}

it('says once which contract has changed and what to run', async () => {
  const { stderr, code } = await runBot('// edited\n');

  expect(code).toBe(0);
  expect(
    stderr.match(/contracts\/guilds\.ts has changed since the pages were generated: run npm run gen/g),
  ).toHaveLength(1);
});

it.each([
  ['nothing has changed', '', {}],
  ['the bot is in production', '// edited\n', { NODE_ENV: 'production' }],
])('says nothing where %s', async (_why, edit, env) => {
  expect(await runBot(edit, env)).toMatchObject({ code: 0, stderr: '' });
});
