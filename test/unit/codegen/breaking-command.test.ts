import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GUILDS, useBotFolder } from './bot-folder.js';

const bot = useBotFolder();
const { put, read, shardwire } = bot;

const WITH_TWO = GUILDS.replace('getUserCount()', 'getName(): string; getUserCount()');
const WITHOUT_COUNT = GUILDS.replace('getUserCount()', 'getName()').replace('number', 'string');

function git(...args: readonly string[]): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...who, ...args], { cwd: bot.path, stdio: 'pipe' });
}

async function commitPages(text: string): Promise<void> {
  put({ 'contracts/guilds.ts': text, '.gitignore': 'node_modules\n' });
  await shardwire('gen');
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
}

describe('shardwire breaking', () => {
  it('compares the contracts with the pages of a commit, and exits with 1 if something breaks', async () => {
    await commitPages(WITH_TWO);
    const same = await shardwire('breaking', '--against', 'main');
    put({ 'contracts/guilds.ts': WITHOUT_COUNT });

    const other = await shardwire('breaking', '--against', 'HEAD');

    expect(same).toEqual({ code: 0, out: 'no breaking changes compared with main\n', err: '' });
    expect(other).toEqual({
      code: 1,
      out:
        'contracts/guilds.ts - wire HANDLER_REMOVED: guilds.getUserCount: the new version does not answer calls of the previous one\n' +
        '\n1 wire break and 0 source breaks compared with HEAD\n',
      err: '',
    });
  });

  it('finds the lock file of a folder with an absolute path', async () => {
    await commitPages(WITH_TWO);

    const { code } = await shardwire('breaking', '--against', 'main', '--out', join(bot.path, 'generated'));

    expect(code).toBe(0);
  });

  it('finds the lock file beside the folder it runs in, not at the top of the repository', async () => {
    await commitPages(WITH_TWO);
    mkdirSync(join(bot.path, 'bots'));
    put({ 'bots/a/contracts/guilds.ts': GUILDS, 'bots/a/package.json': '{}' });

    const { code, err } = await shardwire('breaking', '--against', 'main', '--out', 'elsewhere');

    expect(code).toBe(2);
    expect(err).toBe(
      'main has no elsewhere/contract.lock.json. Commit the lock file with the pages; --out sets its folder.\n',
    );
  });

  it('compares with a lock file, a folder that has one, and a folder of contracts', async () => {
    put({ 'contracts/guilds.ts': WITH_TWO });
    await shardwire('gen', '--out', 'released');
    put({ 'old/guilds.ts': WITH_TWO, 'contracts/guilds.ts': WITHOUT_COUNT });

    const outcomes = await Promise.all(
      ['released/contract.lock.json', 'released', 'old'].map((against) =>
        shardwire('breaking', '--against', against, '--format', 'json'),
      ),
    );

    const expected = {
      file: 'contracts/guilds.ts',
      class: 'wire',
      rule: 'HANDLER_REMOVED',
      subject: 'guilds.getUserCount',
      path: '',
    };
    for (const { code, out } of outcomes) {
      expect(code).toBe(1);
      expect(JSON.parse(out)).toMatchObject(expected);
    }
  });

  it('lists one class only, and prints workflow commands for GitHub', async () => {
    put({ 'contracts/guilds.ts': GUILDS });
    await shardwire('gen');
    put({
      'contracts/guilds.ts': GUILDS.replace('number', "'few' | 'many'").replace('()', '(data?: string)'),
    });

    const wire = await shardwire(
      'breaking',
      '--against',
      'generated',
      '--class',
      'wire',
      '--format',
      'github',
    );
    const source = await shardwire(
      'breaking',
      '--against',
      'generated',
      '--class',
      'source',
      '--format',
      'github',
    );

    expect([wire.code, source.code]).toEqual([1, 1]);
    expect(wire.out).toMatch(
      /^::error file=contracts\/guilds.ts,title=[A-Z_]+::guilds\.getUserCount: result: /,
    );
    expect(source.out).toMatch(
      /^::error file=contracts\/guilds.ts,title=DATA_WIDENED::guilds\.getUserCount: data: /,
    );
  });

  it('exits with 2 and a reason where there is nothing to compare with', async () => {
    put({ 'contracts/guilds.ts': GUILDS, 'broken.json': '{ "contracts": { "a": {} } }' });

    const noRepository = await shardwire('breaking', '--against', 'main');
    await commitPages(GUILDS);
    const noRef = await shardwire('breaking', '--against', 'v9.9.9');
    const noLock = await shardwire('breaking', '--against', 'broken.json');
    const nothing = await shardwire('breaking');

    expect(noRepository.err).toBe("There is no file or folder 'main', and this is not a git repository.\n");
    expect(noRef.err).toMatch(/^'v9\.9\.9' is not a file, a folder or a known git commit\./);
    expect(noLock.err).toBe(
      'Could not read the lock file broken.json: expected a string at contracts.a.source.\n',
    );
    expect(nothing.err).toContain('Missing --against.');
    expect([noRepository, noRef, noLock, nothing].map(({ code }) => code)).toEqual([2, 2, 2, 2]);
  });

  it('compares nothing while a contract has an error', async () => {
    put({ 'contracts/guilds.ts': GUILDS });
    await shardwire('gen');
    put({ 'contracts/guilds.ts': GUILDS.replace('number', 'any') });

    const { code, err } = await shardwire('breaking', '--against', 'generated');

    expect(code).toBe(1);
    expect(err).toMatch(/error SW2001[^]*1 problem: nothing was compared\n$/);
    expect(read('generated/guilds.ts')).toContain('number');
  });
});

describe('shardwire list', () => {
  it('shows handlers and events with options and fingerprints as a table', async () => {
    const options = "export const options = { getUserCount: { timeout: 5_000, reduce: 'sum' } } as const;";
    put({ 'contracts/guilds.ts': `${GUILDS}\n${options}` });
    await shardwire('gen');

    const { code, out } = await shardwire('list');

    const fingerprint = /fingerprint: '(\w+)'/.exec(read('generated/guilds.ts'))?.[1];
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'NAME                 KIND     FINGERPRINT       TYPE          OPTIONS',
      `guilds.getUserCount  handler  ${fingerprint}  () => number  timeout 5000 ms, reduce sum`,
      '',
    ]);
  });

  it('prints a line of JSON per handler and event', async () => {
    put({ 'contracts/guilds.ts': GUILDS });

    const { out } = await shardwire('list', '--format', 'json');

    expect(JSON.parse(out)).toMatchObject({
      kind: 'handler',
      name: 'guilds.getUserCount',
      type: '() => number',
      file: 'contracts/guilds.ts',
    });
  });
});
