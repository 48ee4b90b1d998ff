/**
 * `shardwire start`: a bot without a manager file.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isAlive, until, untilDead } from '../../support/processes.js';
import { BOTS } from '../core/start-bot.js';
import { ROOT, runNode } from '../setup/run-process.js';
import { COMMAND, makeProject, runCommand } from './run-command.js';

const BOT = resolve(BOTS, 'core-bot.js');
const TWO = ['--shards', '4', '--clusters', '2'];

const SAYS_HELLO = `
  import { EventEmitter } from 'node:events';
  import { ClusterClient } from 'shardwire';
  const cluster = new ClusterClient(new EventEmitter());
`;

describe('shardwire start', () => {
  it('runs the clusters, prints plain lines about each, and ends with exit code 0 and no orphan at SIGTERM', async () => {
    const command = runCommand(['start', BOT, ...TWO], ROOT);
    await command.said('all 2 clusters are ready, with 4 shards');
    const pids = command.pids();

    process.kill(command.pid, 'SIGTERM');

    expect(await command.ended).toEqual({ code: 0, signal: null });
    expect(pids.map(isAlive)).toEqual([false, false]);
    const own = command.lines.filter((line) => line.startsWith('cluster 1:'));
    expect(own.map((line) => line.replace(/\(pid \d+\)/, '(pid)').replace(/[\d.]+ s$/, 'so long'))).toEqual([
      'cluster 1: process 1 (pid) started, shards 2-3',
      'cluster 1: process 1 (pid) is ready after so long',
      'cluster 1: process 1 (pid) was stopped (exit code 0)',
    ]);
    expect(command.lines.join('')).not.toContain('\u001B');
  });

  it('restarts a cluster that was killed, and leaves no orphan when it is killed itself', async () => {
    const command = runCommand(['start', BOT, ...TWO], ROOT);
    await command.said(/^all 2 clusters/);

    process.kill(command.pids()[0] as number, 'SIGKILL');
    await command.said(/died: SIGKILL; it will be restarted$/);
    await until(() => command.pids().length === 3, 'the third process');
    process.kill(command.pid, 'SIGKILL');

    await command.ended;
    await untilDead(command.pids());
  });

  it('ends with exit code 1 when no cluster is left', async () => {
    const bot = resolve(BOTS, 'throwing-bot.js');

    const { code, stderr } = await runNode([COMMAND, 'start', bot, ...TWO, '--respawn', 'false']);

    expect(code).toBe(1);
    expect(stderr).toContain(
      'Cluster 1 exited before it was ready (exit code 1); see its output for the cause.',
    );
  });

  it.each<[code: number, sentence: string, args: string[]]>([
    [2, "Did you mean '--clusters'?", ['start', BOT, '--clutsers', '2']],
    [1, 'set DISCORD_TOKEN', ['start', BOT]],
    [2, 'No bot file given', ['dev']],
  ])('prints what is wrong and ends with exit code %d: %s', async (code, sentence, args) => {
    const end = await runNode([COMMAND, ...args]);

    expect(end).toEqual({ code, stdout: '', stderr: expect.stringContaining(sentence) as string });
    expect(end.stderr).not.toContain('    at ');
  });

  it('takes the environment from a file, hands arguments on, and runs TypeScript with the tsx of the project', async () => {
    const { root } = makeProject(
      {
        'bot.ts': `${SAYS_HELLO} const own: string = process.env.OWN ?? '';
          console.log('bot says', own, process.argv.slice(2).join(), process.env.SET_BEFORE, cluster.id);`,
        '.env': 'OWN=from the file\nSET_BEFORE=never',
      },
      ['tsx'],
    );

    const command = runCommand(
      ['start', 'bot.ts', '--shards', '1', '--env-file', '.env', '--', '--x', 'y'],
      root,
      { SET_BEFORE: 'before' },
    );

    await command.said('bot says from the file --x,y before 0');
    await command.said('the only cluster is ready, with 1 shard');
    process.kill(command.pid, 'SIGINT');
    expect((await command.ended).code).toBe(0);
  });

  it('loads no compiler, neither in the manager nor in the clusters', async () => {
    const hook = pathToFileURL(resolve(ROOT, 'test/package/loads.mjs')).href;
    const command = runCommand(['start', BOT, '--shards', '1'], ROOT, { NODE_OPTIONS: `--import ${hook}` });
    await command.said('the only cluster is ready, with 1 shard');
    process.kill(command.pid, 'SIGTERM');
    await command.ended;

    const loaded = command.lines.filter((line) => line.startsWith('loads '));
    expect(loaded.filter((line) => line.endsWith('/core-bot.js'))).toHaveLength(1);
    expect(loaded.filter((line) => line.endsWith('/cli/bin.js'))).toHaveLength(1);
    expect(loaded.filter((line) => /ts-morph|typescript|typebox|\/codegen\//.test(line))).toEqual([]);
  });
});

describe('shardwire', () => {
  it.each([
    [['--help'], /^Usage: shardwire [^]+\n {2}gen +\w[^]+\n {2}start +\w[^]+\n {2}dev +\w/],
    [['start', '--help'], /^Usage: shardwire start /],
    [['dev', '--help'], /^Usage: shardwire dev /],
    [['gen', '--help'], /^Usage: shardwire gen /],
  ])('prints help: %j', async (args, text) => {
    const { code, stdout, stderr } = await runNode([COMMAND, ...args]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(text);
  });

  it('leaves every other command to the generator', async () => {
    const { code, stderr } = await runNode([COMMAND, 'stop']);

    expect([code, stderr.split('\n')[0]]).toEqual([2, expect.stringContaining("Unknown command 'stop'.")]);
  });
});
