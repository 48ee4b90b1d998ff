import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GUILDS, useBotFolder } from './bot-folder.js';

const bot = useBotFolder();
const { put, read, shardwire } = bot;

function packageJson(): Record<string, unknown> {
  return JSON.parse(read('package.json')) as Record<string, unknown>;
}

function tsconfig(compilerOptions: object): void {
  put({ 'tsconfig.json': JSON.stringify({ compilerOptions }) });
}

describe('shardwire init', () => {
  it('adds a first contract from which pages are made, and scripts', async () => {
    put({ 'package.json': '{\n\t"name": "bot",\n\t"type": "module"\n}\n' });

    const { code, out } = await shardwire('init');
    const generated = await shardwire('gen');

    expect([code, generated.code]).toEqual([0, 0]);
    expect(read('package.json')).toBe(
      '{\n\t"name": "bot",\n\t"type": "module",\n\t"scripts": {\n\t\t"gen": "shardwire gen",\n\t\t"gen:check": "shardwire gen --check"\n\t}\n}\n',
    );
    expect(out.split('\n').slice(0, 2)).toEqual([
      'package.json: added script gen, script gen:check',
      'contracts/guilds.ts: a first contract',
    ]);
    expect(out).toMatch(
      /Next:\n {2}- npm i shardwire discord\.js\n {2}- npm i -D ts-morph@\S+ typebox@\S+\n/,
    );
    expect(generated.out).toMatch(/^1 contract, 3 handlers and events/);
  });

  it.each(['null', '[]', '"bot"'])('says of a package.json that is %s what is wrong', async (text) => {
    put({ 'package.json': text });

    const { code, err } = await shardwire('init');

    expect([code, err]).toEqual([1, expect.stringContaining('package.json is no JSON object')]);
  });

  it('takes what is null in package.json for what is not there', async () => {
    put({ 'package.json': '{ "scripts": null, "shardwire": null, "devDependencies": null }' });

    const { code } = await shardwire('init');

    expect([code, JSON.parse(read('package.json'))]).toMatchObject([
      0,
      { scripts: { gen: 'shardwire gen' } },
    ]);
  });

  it('keeps the line ends of package.json', async () => {
    put({ 'package.json': '{\r\n  "name": "bot"\r\n}\r\n' });

    await shardwire('init');

    expect(read('package.json')).not.toMatch(/[^\r]\n/);
  });

  it('finds nothing to do the second time', async () => {
    put({ 'src/bot.ts': '', '.prettierignore': 'dist' });
    await shardwire('init');
    const before = ['package.json', '.prettierignore', 'src/contracts/guilds.ts'].map(read);

    const { out } = await shardwire('init');

    expect(out).toMatch(/^nothing was missing\n/);
    expect(['package.json', '.prettierignore', 'src/contracts/guilds.ts'].map(read)).toEqual(before);
  });

  it('replaces nothing: contracts, scripts, settings and lines that are there stay', async () => {
    put({
      'lib/guilds.ts': GUILDS,
      'package.json': JSON.stringify({
        scripts: { gen: 'prisma generate' },
        shardwire: { contracts: 'lib' },
      }),
      '.prettierignore': '/generated/\n',
    });

    const { out } = await shardwire('init');

    expect(packageJson()).toEqual({
      scripts: { gen: 'prisma generate', 'gen:check': 'shardwire gen --check' },
      shardwire: { contracts: 'lib' },
    });
    expect(read('.prettierignore')).toBe('/generated/\n');
    expect(readdirSync(join(bot.path, 'lib'))).toEqual(['guilds.ts']);
    expect(out).toContain('the script gen is another one already');
  });

  it('puts contracts and pages into src/, and tells formatters to leave the pages alone', async () => {
    put({ 'src/bot.ts': '', '.prettierignore': 'dist', '.eslintignore': 'dist\n', 'eslint.config.js': '' });

    const { out } = await shardwire('init');

    expect(packageJson()['shardwire']).toEqual({ contracts: 'src/contracts', out: 'src/generated' });
    expect([read('.prettierignore'), read('.eslintignore')]).toEqual([
      'dist\nsrc/generated/\n',
      'dist\nsrc/generated/\n',
    ]);
    expect(out).toContain('eslint.config.js: let it ignore src/generated/');
    expect(readdirSync(bot.path)).not.toContain('.gitignore');
  });

  it.each<[what: string, options: object, settings: object | undefined]>([
    ['nodenext', { module: 'nodenext' }, undefined],
    ['a bundler that writes files', { module: 'esnext', moduleResolution: 'bundler' }, undefined],
    [
      'a bundler alone',
      { module: 'esnext', moduleResolution: 'bundler', noEmit: true },
      { importExtension: 'none' },
    ],
    [
      'TypeScript that runs as it stands',
      { module: 'nodenext', noEmit: true, allowImportingTsExtensions: true },
      { importExtension: 'ts' },
    ],
  ])('sees in the tsconfig how files import each other: %s', async (_what, options, settings) => {
    tsconfig(options);

    await shardwire('init');

    expect(packageJson()['shardwire']).toEqual(settings);
  });

  it('says that a tsconfig cannot find the package', async () => {
    tsconfig({ module: 'commonjs' });

    expect((await shardwire('init')).out).toContain('tsconfig.json: set "module" to "nodenext"');
  });

  it('asks for JavaScript pages where there is no TypeScript, in the words of the package manager', async () => {
    rmSync(join(bot.path, 'tsconfig.json'));
    put({ 'pnpm-lock.yaml': '' });

    const { out } = await shardwire('init');

    expect(packageJson()['shardwire']).toEqual({ emit: 'js' });
    expect(out).toContain('- pnpm add -D ts-morph@');
    expect(out).toContain('`pnpm run gen`');
  });

  it('needs a package.json', async () => {
    rmSync(join(bot.path, 'package.json'));

    expect(await shardwire('init')).toEqual({
      code: 1,
      out: '',
      err: 'there is no package.json here; run `npm init` first.\n',
    });
  });
});
