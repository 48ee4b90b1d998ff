/**
 * `shardwire dev`: a bot that follows its source and its contracts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAlive, until, untilDead } from '../../support/processes.js';
import { makeProject, runCommand } from './run-command.js';

const ONE = ['dev', 'src/bot.js', '--shards', '1'];
const TWO = ['dev', 'src/bot.js', '--shards', '2', '--clusters', '2'];

/** A bot that says which version of it runs, and with which word. */
const bot = (version: number, more = ''): string => `
  import { EventEmitter } from 'node:events';
  import { ClusterClient } from 'shardwire';
  import { word } from './words/word.js';
  ${more}
  const cluster = new ClusterClient(new EventEmitter());
  console.log('version ${version}', word, 'in cluster', cluster.id);
`;

const word = (text: string): string => `export const word = '${text}';`;

const inBoth = async (said: (line: string) => Promise<void>, what: string): Promise<void> => {
  await Promise.all([0, 1].map((id) => said(`${what} in cluster ${id}`)));
};

describe('a change of source', () => {
  it('brings every cluster the new code, in new processes; the end leaves no orphan', async () => {
    const { root, write } = makeProject({ 'src/bot.js': bot(1), 'src/words/word.js': word('hello') });
    const command = runCommand(TWO, root);
    await inBoth(command.said, 'version 1 hello');
    await command.said(/is ready/, 2);

    write('src/words/word.js', word('goodbye'));

    await command.said('src/words/word.js changed');
    await inBoth(command.said, 'version 1 goodbye');
    await command.said(/was stopped \(exit code 0\)/, 2);
    const pids = command.pids();
    await until(() => pids.map(isAlive).join() === 'false,false,true,true', 'the end of the old processes');
    process.kill(command.pid, 'SIGTERM');
    expect(await command.ended).toEqual({ code: 0, signal: null });
    await untilDead(command.pids());
    expect(command.pids()).toHaveLength(4);
  });

  it('that breaks the bot leaves the old one running until the next change', async () => {
    const { root, write } = makeProject({ 'src/bot.js': bot(1), 'src/words/word.js': word('hello') });
    const command = runCommand(ONE, root);
    await command.said(/is ready/);
    const old = command.pids();

    write('src/bot.js', bot(2, "throw new Error('broken');"));
    await command.said(/^The handover of cluster \d failed; the old processes keep serving/);
    await command.said('waiting for changes');
    expect(old.map(isAlive)).toEqual([true]);

    write('src/bot.js', bot(3));
    await command.said('version 3 hello in cluster 0');
    await untilDead(old);
  });

  it('is what a bot waits for that does not start: it is not tried again by itself', async () => {
    const broken = bot(1, "throw new Error('broken');");
    const { root, write } = makeProject({ 'src/bot.js': broken, 'src/words/word.js': word('hello') });
    const command = runCommand(ONE, root);
    await command.said('waiting for changes');
    expect(command.pids()).toHaveLength(1);

    write('src/bot.js', bot(2));
    await command.said('version 2 hello in cluster 0');
    await command.said(/is ready/);

    expect(command.pids()).toHaveLength(2);
  });

  it('while the bot starts ends that start, and one start follows', async () => {
    const hanging = bot(
      1,
      "console.log('hangs'); await new Promise((resolve) => setTimeout(resolve, 600_000));",
    );
    const { root, write } = makeProject({ 'src/bot.js': hanging, 'src/words/word.js': word('hello') });
    const command = runCommand(ONE, root);
    // Until then, the process that has started would load what is written next.
    await command.said('hangs');

    write('src/bot.js', bot(2));
    await command.said('version 2 hello in cluster 0');
    await command.said(/is ready/);

    expect(command.pids().map(isAlive)).toEqual([false, true]);
  });
});

describe('a change of a contract', () => {
  const contract = (...members: string[]): string => `
    import type { Handlers } from 'shardwire/contract';
    export interface Shop extends Handlers { ${members.join('; ')} }
  `;
  const typedBot = `
    import { EventEmitter } from 'node:events';
    import { ClusterClient } from 'shardwire';
    import { bind } from './generated/index.js';
    const { shop } = bind(new ClusterClient(new EventEmitter()));
    console.log('stock' in shop ? 'with stock' : 'without stock');
  `;

  it('writes the pages, then starts the bot anew with them; a broken one leaves both as they are', async () => {
    const { root, write } = makeProject(
      { 'bot.ts': typedBot, 'contracts/shop.ts': contract('price(): string') },
      ['tsx'],
    );
    const page = () => readFileSync(join(root, 'generated/shop.ts'), 'utf8');
    const command = runCommand(['dev', 'bot.ts', '--shards', '1'], root);
    await command.said('without stock');
    const [old] = command.pids() as [number];
    const first = page();

    write('contracts/shop.ts', contract('price(): () => void'));
    await command.said(/contracts\/shop\.ts:3:\d+ - error SW\d{4}/);
    await command.said('pages and bot are unchanged; waiting for changes');
    expect(isAlive(old)).toBe(true);
    expect(page()).toBe(first);

    write('contracts/shop.ts', contract('price(): string', 'stock(): number'));
    await command.said('with stock');
    await untilDead([old]);
    expect(page()).not.toBe(first);
    expect(command.pids()).toHaveLength(2);
  });
});

// Where Node takes types away by itself there is nothing to say.
it.skipIf(Boolean((process.features as { typescript?: unknown }).typescript))(
  'a bot in TypeScript needs something that runs it, and is told what',
  async () => {
    const { root } = makeProject({ 'bot.ts': '' });

    const command = runCommand(['dev', 'bot.ts', '--shards', '1'], root);

    expect(await command.ended).toEqual({ code: 2, signal: null });
    expect(command.lines[0]).toMatch(/is TypeScript, .*npm i -D tsx/);
  },
);
