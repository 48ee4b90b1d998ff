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
  it('adds a first contract that pages can be generated from, and scripts', async () => {
    put({ 'package.json': '{\n\t"name": "bot",\n\t"type": "module"\n}\n' });

    const { code, out } = await shardwire('init');
    const generated = await shardwire('gen');

    expect([code, generated.code]).toEqual([0, 0]);
    expect(read('package.json')).toBe(
      '{\n\t"name": "bot",\n\t"type": "module",\n\t"scripts": {\n\t\t"gen": "shardwire gen",\n\t\t"gen:check": "shardwire gen --check"\n\t}\n}\n',
    );
    expect(out.split('\n').slice(0, 2)).toEqual([
      'package.json: added script gen, script gen:check',
      'contracts/guilds.ts: added a first contract',
    ]);
    expect(out).toMatch(
      /Next:\n {2}- npm i shardwire discord\.js\n {2}- npm i -D ts-morph@\S+ typebox@\S+\n/,
    );
    expect(generated.out).toMatch(/^1 contract, 3 handlers and events/);
  });

  it.each(['null', '[]', '"bot"'])('refuses a package.json that is %s', async (text) => {
    put({ 'package.json': text });

    const { code, err } = await shardwire('init');

    expect([code, err]).toEqual([1, 'package.json is not a JSON object.\n']);
  });

  it('treats null in package.json as missing', async () => {
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

  it('adds nothing the second time', async () => {
    put({ 'src/bot.ts': '', '.prettierignore': 'dist' });
    await shardwire('init');
    const before = ['package.json', '.prettierignore', 'src/contracts/guilds.ts'].map(read);

    const { out } = await shardwire('init');

    expect(out).toMatch(/^nothing to add: the project is set up\n/);
    expect(['package.json', '.prettierignore', 'src/contracts/guilds.ts'].map(read)).toEqual(before);
  });

  it('replaces nothing: existing contracts, scripts, settings and lines stay', async () => {
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
    expect(out).toContain('package.json has another script named gen');
  });

  it('puts contracts and pages into src/, and makes formatters ignore the pages', async () => {
    put({ 'src/bot.ts': '', '.prettierignore': 'dist', '.eslintignore': 'dist\n', 'eslint.config.js': '' });

    const { out } = await shardwire('init');

    expect(packageJson()['shardwire']).toEqual({ contracts: 'src/contracts', out: 'src/generated' });
    expect([read('.prettierignore'), read('.eslintignore')]).toEqual([
      'dist\nsrc/generated/\n',
      'dist\nsrc/generated/\n',
    ]);
    expect(out).toContain('eslint.config.js: ignore src/generated/');
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
  ])('derives import extensions from the tsconfig: %s', async (_what, options, settings) => {
    tsconfig(options);

    await shardwire('init');

    expect(packageJson()['shardwire']).toEqual(settings);
  });

  it('reports a tsconfig that cannot resolve the package', async () => {
    tsconfig({ module: 'commonjs' });

    expect((await shardwire('init')).out).toContain('tsconfig.json: set "module" to "nodenext"');
  });

  it('sets up JavaScript pages without a tsconfig, and uses the package manager of the project', async () => {
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
      err: 'No package.json found. Run `npm init` first.\n',
    });
  });
});
