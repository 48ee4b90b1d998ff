import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../../codegen/cli/cli.js';
import { Changes } from '../../../codegen/cli/watch/changes.js';
import { watchedPaths } from '../../../codegen/cli/watch/watched-paths.js';
import { GUILDS, USERS, useBotFolder } from './bot-folder.js';

const bot = useBotFolder();
const { put, read } = bot;

/** A running `gen --watch` whose output can be awaited. */
class Watching {
  readonly #stop = new AbortController();
  readonly #waiting: { readonly pattern: RegExp; readonly resolve: (text: string) => void }[] = [];
  readonly ended: Promise<number>;
  #text = '';

  constructor(...args: readonly string[]) {
    const print = (text: string): void => this.#onText(text);
    const terminal = { cwd: bot.path, colours: false, print, printError: print, stop: this.#stop.signal };
    this.ended = run(['gen', '--watch', ...args], terminal);
  }

  /** Resolves with the output from the end of the last match to the end of this one. */
  async says(pattern: RegExp): Promise<string> {
    return new Promise((resolve) => {
      this.#waiting.push({ pattern, resolve });
      this.#onText('');
    });
  }

  async stop(): Promise<number> {
    this.#stop.abort();
    return this.ended;
  }

  #onText(text: string): void {
    this.#text += text;
    const [first] = this.#waiting;
    const match = first?.pattern.exec(this.#text);
    if (first === undefined || match === null || match === undefined) return;
    const end = match.index + match[0].length;
    const matched = this.#text.slice(0, end);
    this.#text = this.#text.slice(end);
    this.#waiting.shift();
    first.resolve(matched);
  }
}

let watching: Watching | undefined;
afterEach(() => watching?.stop());

async function start(...args: readonly string[]): Promise<Watching> {
  watching = new Watching(...args);
  await watching.says(/watching for changes; press Ctrl\+C to stop\n/);
  return watching;
}

describe('shardwire gen --watch', { timeout: 30_000 }, () => {
  it('writes pages at once, and again after an edit, and prints how long that took', async () => {
    put({ 'contracts/guilds.ts': GUILDS, 'contracts/users.ts': USERS });
    const session = await start();
    const before = read('generated/guilds.ts');

    put({ 'contracts/guilds.ts': GUILDS.replace('number', 'string') });
    const said = await session.says(/\(\d+ ms\)\n/);

    expect(before).toContain('isNumber');
    expect(said).toMatch(/^contracts\/guilds\.ts: 3 files written, 3 unchanged \(\d+ ms\)\n$/);
    expect(read('generated/guilds.ts')).toContain('isString');
    expect(await session.stop()).toBe(0);
  });

  it('follows contracts that are added, removed and renamed, as editors save them', async () => {
    put({ 'contracts/guilds.ts': GUILDS });
    const session = await start();

    put({ 'contracts/users.ts': USERS });
    await session.says(/contracts\/users\.ts: 4 files written/);
    renameSync(join(bot.path, 'contracts/users.ts'), join(bot.path, 'contracts/people.ts'));
    await session.says(/4 files written, 2 unchanged, 2 removed/);
    put({ 'contracts/guilds.ts.tmp': GUILDS.replace('number', 'boolean') });
    renameSync(join(bot.path, 'contracts/guilds.ts.tmp'), join(bot.path, 'contracts/guilds.ts'));
    await session.says(/contracts\/guilds\.ts: 3 files written/);
    rmSync(join(bot.path, 'contracts/people.ts'));
    await session.says(/2 files written, 2 unchanged, 2 removed/);

    expect(read('generated/guilds.ts')).toContain('isBoolean');
    expect(read('generated/index.ts')).not.toMatch(/users|people/);
  });

  it('keeps the pages while a contract has an error, reports it, and continues when it is fixed', async () => {
    put({ 'contracts/guilds.ts': GUILDS, 'contracts/users.ts': USERS });
    const session = await start();
    const before = read('generated/guilds.ts');

    put({ 'contracts/guilds.ts': GUILDS.replace('number', 'any') });
    const said = await session.says(/pages are unchanged\n/);
    const during = read('generated/guilds.ts');
    put({ 'contracts/users.ts': USERS.replace('string', 'boolean') });
    await session.says(/SW2001[^]*pages are unchanged\n/);
    put({ 'contracts/guilds.ts': GUILDS });
    await session.says(/contracts\/guilds\.ts: 3 files written/);

    expect(said).toContain('contracts/guilds.ts:3:');
    expect([during, read('generated/guilds.ts')]).toEqual([before, before]);
    expect(read('generated/users.ts')).toContain('boolean');
  });

  it('follows files that contracts import, also in folders that did not exist', async () => {
    const contract = `import type { User } from '../shared/user.js';\n${USERS.replace('{ name: string }', 'User')}`;
    put({ 'contracts/users.ts': contract });
    const session = await start();

    mkdirSync(join(bot.path, 'shared'));
    put({ 'shared/user.ts': 'export interface User { name: string }' });
    await session.says(/4 files written/);
    put({ 'shared/user.ts': 'export interface User { name: string; age: number }' });
    await session.says(/shared\/user\.ts: 3 files written/);
    rmSync(join(bot.path, 'shared'), { recursive: true });
    await session.says(/SW\d+[^]*pages are unchanged\n/);
    mkdirSync(join(bot.path, 'shared'));
    put({ 'shared/user.ts': 'export interface User { renamed: string }' });
    await session.says(/3 files written/);

    expect(read('generated/users.ts')).toContain('renamed');
  });

  it('rebuilds a contract when another contract that it imports changes', async () => {
    put({
      'contracts/guilds.ts': `export interface Guild { id: string }\n${GUILDS}`,
      'contracts/users.ts': `import type { Guild } from './guilds.js';\n${USERS.replace('{ name: string }', 'Guild')}`,
    });
    const session = await start();

    put({ 'contracts/guilds.ts': `export interface Guild { id: number }\n${GUILDS}` });
    await session.says(/contracts\/guilds\.ts: /);

    expect(read('generated/users.ts')).toContain('Number.isFinite(id)');
  });

  it('continues when the contracts folder is removed and restored, as by a checkout', async () => {
    put({ 'contracts/guilds.ts': GUILDS });
    const session = await start();

    rmSync(join(bot.path, 'contracts'), { recursive: true });
    await session.says(/SW600[12]/);
    put({ 'contracts/guilds.ts': GUILDS.replace('number', 'string') });
    await session.says(/3 files written/);

    expect(read('generated/guilds.ts')).toContain('isString');
  });

  it('follows settings in package.json', async () => {
    put({ 'contracts/guilds.ts': GUILDS });
    const session = await start();

    put({ 'package.json': JSON.stringify({ type: 'module', shardwire: { schemas: false } }) });
    await session.says(/package\.json: 1 file written, 2 unchanged, 1 removed/);

    expect(() => read('generated/guilds.schema.ts')).toThrow('ENOENT');
  });
});

describe('changes', () => {
  it('are delivered together once it is quiet, at the latest after a quarter of a second', async () => {
    vi.useFakeTimers();
    try {
      const changes = new Changes();
      const first = changes.next();
      changes.add('a');
      await vi.advanceTimersByTimeAsync(10);
      changes.add('b');
      changes.add('a');
      await vi.advanceTimersByTimeAsync(15);
      const second = changes.next();
      for (let i = 0; i < 30; i++) {
        changes.add('c');
        await vi.advanceTimersByTimeAsync(10);
      }

      expect((await first)?.paths).toEqual(['a', 'b']);
      expect((await second)?.paths).toEqual(['c']);
      changes.end();
      expect(await changes.next()).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('watched paths', () => {
  it('cover the contracts and what they import, and never the pages', () => {
    const { folders, isRelevant } = watchedPaths({
      root: '/bot',
      contracts: '/bot/src/contracts',
      tsconfig: '/bot/tsconfig.json',
      files: ['/bot/src/contracts/a.ts', '/shared/types/b.ts'],
    });

    expect([...folders].toSorted()).toEqual(['/bot', '/bot/src', '/bot/src/contracts', '/shared/types']);
    const relevant = [
      '/bot/tsconfig.json',
      '/bot/package.json',
      '/bot/src',
      '/bot/src/contracts/x.ts',
      '/shared/types/c.ts',
    ];
    expect(relevant.filter((path) => !isRelevant(path))).toEqual([]);
    const irrelevant = [
      '/bot/src/generated',
      '/bot/generated/a.ts',
      '/bot/src/bot.ts',
      '/bot/src/contracts/a.ts~',
    ];
    expect(irrelevant.filter(isRelevant)).toEqual([]);
  });
});
