/**
 * What happens to those who start it wrongly, or differently: a sentence that says what to do, and an exit code.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeGuilds, startLocalDiscord } from 'shardwire/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT, runNode } from './setup/run-process.js';

const BOT = 'build/test/bots/core-bot.js';

/** Runs a manager file of these lines. */
function manage(...lines: string[]) {
  const text = ["import { ClusterManager } from 'shardwire';", ...lines].join('\n');
  return runNode(['--input-type=module', '-e', text], { timeoutMs: 10_000 });
}

/** The uncaught error as Node shows it: its first line, without the stack. */
function sentenceIn(stderr: string): string | undefined {
  return /^(?:\w*Error|Error)\b.*$/m.exec(stderr)?.[0];
}

describe('a manager file with a mistake', () => {
  it.each<[string, string, RegExp]>([
    [
      'a bot file that is not there',
      `'./not-there.js'`,
      /^Error: There is no bot file at .*not-there\.js: pass the path/,
    ],
    [
      'no clusters',
      `'${BOT}', { totalShards: 4, totalClusters: 0 }`,
      /^RangeError: totalClusters must be a whole number from 1, got 0/,
    ],
    [
      'shards that are no number',
      `'${BOT}', { totalShards: '4' }`,
      /^RangeError: totalShards must be a whole number from 1, got "4"/,
    ],
    [
      'fewer shards than clusters',
      `'${BOT}', { totalShards: 2, totalClusters: 3 }`,
      /^RangeError: totalShards \(2\) must be at least totalClusters \(3\): every cluster needs a shard\./,
    ],
    [
      'two answers to one question',
      `'${BOT}', { totalShards: 4, totalClusters: 2, shardsPerCluster: 2 }`,
      /^TypeError: Set totalClusters or shardsPerCluster, not both/,
    ],
  ])('says so when it makes the manager: %s', async (_what, args, sentence) => {
    const { code, stderr } = await manage(`new ClusterManager(${args});`, `console.error('still running');`);

    expect(sentenceIn(stderr)).toMatch(sentence);
    expect(stderr).not.toContain('still running');
    expect(code).toBe(1);
  });

  it("says what 'auto' needs when there is no token", async () => {
    const { code, stderr } = await manage(
      `await new ClusterManager('${BOT}', { totalShards: 'auto' }).spawn();`,
    );

    expect(sentenceIn(stderr)).toMatch(
      /^Error: totalShards: 'auto' requires .*token.*DISCORD_TOKEN.*number\.$/,
    );
    expect(code).toBe(1);
  });

  it('does not start again what was shut down', async () => {
    const { code, stderr } = await manage(
      `const manager = new ClusterManager('${BOT}', { totalShards: 1 });`,
      'await manager.shutdown();',
      'await manager.spawn();',
    );

    expect(sentenceIn(stderr)).toBe(
      'Error: This manager was shut down: create a new one to start the bot again.',
    );
    expect(code).toBe(1);
  });
});

describe('a bot file started by hand', () => {
  it('works as one cluster of one', async () => {
    const guilds = makeGuilds(3);
    const discord = await startLocalDiscord({ guilds });
    onTestFinished(() => discord.close());
    const bot = spawn(process.execPath, ['build/examples/bot/bot.js'], {
      cwd: ROOT,
      env: { ...process.env, DISCORD_API: discord.restApi, DISCORD_TOKEN: discord.token },
      stdio: 'inherit',
    });
    const ended = new Promise((resolve) => bot.once('exit', resolve));
    onTestFinished(async () => {
      bot.kill('SIGKILL');
      await ended;
    });
    await discord.waitForRequest(({ method, path }) => method === 'PUT' && path.endsWith('/commands'));

    const { content } = await discord.runCommand({ guildId: guilds[0]?.id ?? '', name: 'stats' });

    const members = guilds.reduce((sum, { memberCount = 0 }) => sum + memberCount, 0);
    expect(content).toBe(`${members} members on 1 of 1 clusters, asked from cluster 0`);
  });
});

describe('the shardwire command', () => {
  async function runIn(cwd: string, ...args: string[]) {
    return runNode([join(ROOT, 'dist/codegen/bin.js'), ...args], { cwd });
  }

  async function emptyFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'shardwire-bad-start-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return folder;
  }

  it('says what to write where there is no contracts folder', async () => {
    const { code, stderr } = await runIn(await emptyFolder(), 'gen');

    expect(stderr).toMatch(/contracts folder not found: contracts/);
    expect(stderr).toContain('contracts/guilds.ts');
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(1);
  });

  it('says so when the contracts folder is empty', async () => {
    const folder = await emptyFolder();
    await mkdir(join(folder, 'contracts'));

    const { code, stderr } = await runIn(folder, 'gen');

    expect(stderr).toMatch(/no contract files in contracts/);
    expect(code).toBe(1);
  });

  it.each([[['generate']], [[]], [['gen', '--watch-everything']]])('does not guess: %j', async (args) => {
    const { code, stdout, stderr } = await runIn(await emptyFolder(), ...args);

    expect(stderr).toMatch(/^.+[.?]\nRun `shardwire (gen )?--help` for usage\.\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
