import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { GUILDS, USERS, useBotFolder } from './bot-folder.js';

const bot = useBotFolder();
const { put, read, shardwire } = bot;

describe('shardwire gen', () => {
  it('writes pages, schemas, index and lock, and prints a summary', async () => {
    put({ 'contracts/guilds.ts': GUILDS, 'contracts/user-names.ts': USERS });

    const { code, out } = await shardwire('gen');

    expect(code).toBe(0);
    expect(out).toMatch(/^2 contracts, 2 handlers and events: 6 files written, 0 unchanged \(\d+ ms\)\n$/);
    expect(readdirSync(join(bot.path, 'generated')).toSorted()).toEqual([
      'contract.lock.json',
      'guilds.schema.ts',
      'guilds.ts',
      'index.ts',
      'user-names.schema.ts',
      'user-names.ts',
    ]);
    expect(read('generated/user-names.ts')).toContain("from '../contracts/user-names.js'");
  });

  it('writes only what changed, and removes pages without a contract', async () => {
    put({ 'contracts/guilds.ts': GUILDS, 'contracts/users.ts': USERS });
    await shardwire('gen');
    put({ 'generated/mine.ts': 'export const mine = 1;\n' });
    const before = statSync(join(bot.path, 'generated/guilds.ts')).mtimeMs;
    rmSync(join(bot.path, 'contracts/users.ts'));

    const { out } = await shardwire('gen');

    expect(out).toContain('2 files written, 2 unchanged, 2 removed');
    expect(statSync(join(bot.path, 'generated/guilds.ts')).mtimeMs).toBe(before);
    expect(readdirSync(join(bot.path, 'generated'))).toContain('mine.ts');
    expect(readdirSync(join(bot.path, 'generated'))).not.toContain('users.ts');
  });

  it('writes JavaScript beside declarations for bots without a build, and leaves out schemas', async () => {
    put({ 'contracts/guilds.ts': GUILDS });

    const { code } = await shardwire('gen', '--emit', 'js', '--no-schemas');
    const again = await shardwire('gen', '--emit', 'js', '--no-schemas', '--check');

    expect([code, again.code]).toEqual([0, 0]);
    expect(readdirSync(join(bot.path, 'generated')).toSorted()).toEqual([
      'contract.lock.json',
      'guilds.d.ts',
      'guilds.js',
      'index.d.ts',
      'index.js',
    ]);
    expect(read('generated/guilds.js')).not.toMatch(/: unknown|import type/);
    expect(read('generated/guilds.d.ts')).toContain(
      'export declare const guilds: DefinedContract<BoundGuilds>;',
    );
    expect(read('generated/index.d.ts')).toContain("from './guilds.js'");
  });

  it('replaces TypeScript pages by JavaScript ones, and back', async () => {
    put({ 'contracts/guilds.ts': GUILDS });
    await shardwire('gen', '--emit', 'js');

    await shardwire('gen');

    expect(readdirSync(join(bot.path, 'generated')).filter((name) => /(?:\.js|\.d\.ts)$/.test(name))).toEqual(
      [],
    );
  });

  it.each([
    ['ts', "'../contracts/guilds.ts'", "'./guilds.ts'"],
    ['none', "'../contracts/guilds'", "'./guilds'"],
  ])('ends imports with %s if asked to', async (ending, contract, page) => {
    put({ 'contracts/guilds.ts': GUILDS });

    await shardwire('gen', '--import-extension', ending);

    expect(read('generated/guilds.ts')).toContain(`from ${contract}`);
    expect(read('generated/index.ts')).toContain(`from ${page}`);
  });

  it('writes pages in spite of a warning, and prints it', async () => {
    put({
      'contracts/guilds.ts': GUILDS.replace('getUserCount()', 'a(data: { /** @minLength 1 */ b: string })'),
    });

    const { code, err } = await shardwire('gen');

    expect(code).toBe(0);
    expect(err).toMatch(/^contracts\/guilds\.ts:3:\d+ - warning SW2016: a\.data\.b: /);
    expect(readdirSync(join(bot.path, 'generated'))).toContain('guilds.ts');
  });

  it('prints problems for programs and for GitHub', async () => {
    put({ 'contracts/users.ts': USERS.replace('name: string', 'at: any') });

    const json = await shardwire('gen', '--format', 'json');
    const github = await shardwire('gen', '--format', 'github');
    const wrong = await shardwire('gen', '--format', 'xml');

    expect(JSON.parse(json.err)).toMatchObject({
      file: 'contracts/users.ts',
      line: 3,
      severity: 'error',
      code: 'SW2001',
    });
    expect(github.err).toMatch(
      /^::error file=contracts\/users\.ts,line=3,col=\d+,title=SW2001::renamed\.data\.at: /,
    );
    expect([wrong.code, wrong.err]).toEqual([
      2,
      expect.stringContaining("--format must be pretty, json or github, got 'xml'."),
    ]);
  });

  it('writes nothing if anything is wrong, and reports every problem', async () => {
    put({ 'contracts/guilds.ts': GUILDS, 'contracts/users.ts': USERS.replace('name: string', 'at: any') });

    const { code, err } = await shardwire('gen');

    expect(code).toBe(1);
    expect(err).toMatch(/contracts\/users\.ts:3:\d+ - error SW2001: renamed\.data\.at: `any`/);
    expect(err).toMatch(/1 problem: nothing was written\n$/);
    expect(readdirSync(bot.path)).not.toContain('generated');
  });

  it('refuses folders, file names that are no contract names, and two contracts of one name', async () => {
    put({ 'contracts/more/a.ts': GUILDS, 'contracts/2.ts': GUILDS, 'contracts/index.ts': GUILDS });
    put({ 'contracts/a-b.ts': GUILDS, 'contracts/aB.ts': GUILDS, 'contracts/README.md': 'x' });

    const { err } = await shardwire('gen');

    expect(err.match(/^contracts.*SW\d+/gm)).toEqual([
      'contracts/2.ts - error SW1005',
      'contracts/aB.ts - error SW1006',
      'contracts/index.ts - error SW1005',
      'contracts/more - error SW1007',
    ]);
  });

  it('ignores a dangling link, as editors create beside the file they edit', async () => {
    put({ 'contracts/guilds.ts': GUILDS });
    symlinkSync('me@host.1', join(bot.path, 'contracts/.#guilds.ts'));

    expect((await shardwire('gen')).code).toBe(0);
  });

  it('does not overwrite a file that it did not write', async () => {
    put({ 'contracts/guilds.ts': GUILDS, 'generated/index.ts': 'export const mine = 1;\n' });

    const { code, err } = await shardwire('gen');

    expect([code, read('generated/index.ts')]).toEqual([1, 'export const mine = 1;\n']);
    expect(err).toContain('generated/index.ts - error SW5004');
    expect(readdirSync(join(bot.path, 'generated'))).toEqual(['index.ts']);
  });

  it.each([
    ['a file', 'taken', 'taken'],
    ['a folder called like a page', 'generated', 'generated/guilds.ts'],
  ])('reports what is in its way: %s', async (_case, out, inTheWay) => {
    put({ 'contracts/guilds.ts': GUILDS, taken: '' });
    mkdirSync(join(bot.path, 'generated/guilds.ts'), { recursive: true });

    const { code, err } = await shardwire('gen', '--out', out);

    expect(code).toBe(1);
    expect(err).toContain(`${inTheWay} - error SW5004`);
    expect(readdirSync(join(bot.path, 'generated'))).toEqual(['guilds.ts']);
  });

  it('shows a first contract where there is no folder, or nothing in it', async () => {
    const missing = await shardwire('gen');
    mkdirSync(join(bot.path, 'contracts'));
    const empty = await shardwire('gen', '--contracts', 'contracts');

    expect([missing.code, empty.code]).toEqual([1, 1]);
    expect(missing.err).toContain('error SW6001: contracts folder not found: contracts');
    expect(empty.err).toContain('error SW6002: no contract files in contracts');
    expect(empty.err).toContain('export interface Guilds extends Handlers {');
  });

  it('names a tsconfig that it cannot read', async () => {
    put({ 'contracts/guilds.ts': GUILDS });

    const missing = await shardwire('gen', '--project', 'tsconfig.bot.json');

    expect(missing.code).toBe(1);
    expect(missing.err).toContain('tsconfig.bot.json - error SW6003');
  });

  it('finds types through the paths of the tsconfig', async () => {
    const compilerOptions = {
      moduleResolution: 'bundler',
      module: 'esnext',
      customConditions: ['shardwire-source'],
      paths: { '@app/*': ['./types/*'] },
    };
    put({
      'tsconfig.json': JSON.stringify({ compilerOptions }),
      'types/user.ts': 'export interface User { name: string }',
    });
    put({
      'contracts/users.ts': `import type { User } from '@app/user';\n${USERS.replace('{ name: string }', 'User')}`,
    });

    expect(await shardwire('gen')).toMatchObject({ code: 0, err: '' });
  });

  it.each([
    [['gen', '--wacth'], /Unknown option '--wacth'\. Did you mean '--watch'\?/],
    [['gen', '--check', '--watch'], /Use either --check or --watch/],
    [['generate'], /Unknown command 'generate'\.\n/],
    [[], /No command given\. You probably want `shardwire gen`\./],
    [['gen', 'contracts'], /Unexpected argument 'contracts': `gen` takes options only\./],
  ])('exits with 2 for an invalid command line: %j', async (args, sentence) => {
    const { code, err } = await shardwire(...args);

    expect(code).toBe(2);
    expect(err).toMatch(sentence);
    expect(err).toContain('--help');
  });

  it.each([
    ['braking', 'breaking'],
    ['strat', 'start'],
  ])('names the command that was probably meant: %s', async (name, suggestion) => {
    expect((await shardwire(name)).err).toBe(
      `Unknown command '${name}'. Did you mean '${suggestion}'?\nRun \`shardwire --help\` for usage.\n`,
    );
  });

  it('prints help for itself, and for each command with examples', async () => {
    const all = await shardwire('--help');
    const each = await Promise.all(['gen', 'breaking', 'list'].map((name) => shardwire(name, '--help')));

    expect(all).toMatchObject({ code: 0, err: '' });
    expect(all.out).toContain('shardwire gen --check');
    for (const name of ['gen', 'breaking', 'list', 'start', 'dev'])
      expect(all.out).toMatch(new RegExp(`^  ${name} +\\w`, 'm'));
    for (const { code, out } of each)
      expect([code, out]).toEqual([0, expect.stringContaining('\nExamples:\n')]);
  });
});

describe('settings in package.json', () => {
  const config = (shardwire: unknown): void => put({ 'package.json': JSON.stringify({ shardwire }) });

  it('name the folders, and the command line overrides them', async () => {
    put({ 'src/contracts/guilds.ts': GUILDS });
    config({ contracts: 'src/contracts', out: 'src/generated', emit: 'js', schemas: false });

    await shardwire('gen');
    await shardwire('gen', '--emit', 'ts', '--out', 'other');

    expect(readdirSync(join(bot.path, 'src/generated'))).toContain('guilds.js');
    expect(readdirSync(join(bot.path, 'other')).toSorted()).toEqual([
      'contract.lock.json',
      'guilds.ts',
      'index.ts',
    ]);
  });

  it.each([
    [{ contract: 'a' }, 'unknown setting `shardwire.contract`', 'did you mean `contracts`?'],
    [{ watch: true }, 'unknown setting `shardwire.watch`', 'the settings are contracts, out,'],
    [{ emit: 'cjs' }, 'invalid value "cjs" for `shardwire.emit`', 'expected ts or js'],
    [{ schemas: 'no' }, 'invalid value "no" for `shardwire.schemas`', 'expected true or false'],
    ['generated', '`shardwire` must be an object', 'for example "shardwire":'],
  ])('that are invalid are refused: %j', async (shardwireKey, message, hint) => {
    put({ 'contracts/guilds.ts': GUILDS });
    config(shardwireKey);

    const { code, err } = await shardwire('gen');

    expect(code).toBe(1);
    expect(err).toContain(`package.json - error SW6004: ${message}\n  hint: ${hint}`);
    expect(readdirSync(bot.path)).not.toContain('generated');
  });
});

describe('shardwire gen --check', () => {
  beforeEach(async () => {
    put({ 'contracts/guilds.ts': GUILDS, 'contracts/users.ts': USERS });
    await shardwire('gen');
  });

  it('accepts what gen wrote, whatever the line ends', async () => {
    put({ 'generated/guilds.ts': read('generated/guilds.ts').replaceAll('\n', '\r\n') });

    expect(await shardwire('gen', '--check')).toEqual({
      code: 0,
      out: '2 contracts, 2 handlers and events: 6 files up to date\n',
      err: '',
    });
  });

  it('distinguishes stale, missing, edited and orphaned pages, and changes none', async () => {
    put({ 'contracts/guilds.ts': GUILDS.replace('number', 'string') });
    put({ 'generated/users.ts': read('generated/users.ts').replace('string', 'number') });
    put({ 'generated/gone.ts': read('generated/guilds.ts') });
    rmSync(join(bot.path, 'generated/users.schema.ts'));
    const before = read('generated/guilds.ts');

    const { code, err } = await shardwire('gen', '--check');

    expect(code).toBe(1);
    expect(err.match(/^generated.*SW\d+/gm)).toEqual([
      'generated/contract.lock.json - error SW5001',
      'generated/gone.ts - error SW5003',
      'generated/guilds.schema.ts - error SW5001',
      'generated/guilds.ts - error SW5001',
      'generated/users.schema.ts - error SW5001',
      'generated/users.ts - error SW5002',
    ]);
    expect(err).toContain('generated/users.ts - error SW5002: this file was edited by hand\n');
    expect(err).toContain('generated/gone.ts - error SW5003: this file no longer has a contract\n');
    expect(err).toContain(
      'generated/guilds.ts - error SW5001: the contracts have changed since this file was generated\n',
    );
    expect(err).toContain('generated/users.schema.ts - error SW5001: this file is missing\n');
    expect(err).toMatch(/6 problems: run `npx shardwire gen`\n$/);
    expect(read('generated/guilds.ts')).toBe(before);
  });
});
