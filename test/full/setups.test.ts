/**
 * The set-ups of docs/setups.md, each as it is written there: one project with the packed library, built and run in all
 * ways, and one workspace under npm and pnpm.
 */
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, runProcess } from '../e2e/setup/run-process.js';
import { makeFolder, packInto, removeFolder } from '../package/installed-project.js';

const FIXTURES = join(ROOT, 'test/fixtures/setups');
/** What the manager file prints. */
const ANSWER = { year: 1970, all: 5, refused: true };

let folder: string;
let tarball: string;
let versions: (...names: readonly string[]) => Record<string, string>;

async function runIn(cwd: string, command: string, ...args: readonly string[]): Promise<string> {
  const end = await runProcess(command, args, { cwd, timeoutMs: 240_000 });
  if (end.code !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${end.code}:\n${end.stdout}${end.stderr}`);
  return end.stdout;
}

beforeAll(async () => {
  folder = await makeFolder('setups');
  tarball = (await packInto(folder)).path;
  const { devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const known: Record<string, string> = { ...devDependencies, shardwire: `file:${tarball}`, ...FURTHER };
  versions = (...names) => Object.fromEntries(names.map((name) => [name, known[name] ?? 'latest']));
}, 60_000);

afterAll(() => removeFolder(folder));

/** Tools that the repository does not need itself. */
const FURTHER = { '@swc/cli': '0.8.1', '@swc/core': '1.16.22', pnpm: '10.34.8' };

const PEERS = ['shardwire', 'discord.js', 'fast-check', 'ts-morph', 'typebox', '@types/node', 'typescript'];

describe('one project', () => {
  let app: string;
  const bin = (name: string, ...args: readonly string[]): Promise<string> =>
    runIn(app, join(app, 'node_modules/.bin', name), ...args);

  beforeAll(async () => {
    app = join(folder, 'app');
    await cp(join(FIXTURES, 'app'), app, { recursive: true });
    const dependencies = versions(...PEERS, 'tsx', 'vitest', 'esbuild', '@swc/cli', '@swc/core');
    await writeFile(
      join(app, 'package.json'),
      JSON.stringify({ private: true, type: 'module', dependencies }),
    );
    await runIn(app, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund');
    await bin('shardwire', 'gen');
  }, 240_000);

  it('runs what tsc makes of it', async () => {
    await bin('tsc');

    expect(JSON.parse(await runIn(app, 'node', 'out/manager.js'))).toEqual(ANSWER);
  }, 120_000);

  it('runs as it stands under tsx', async () => {
    expect(JSON.parse(await runIn(app, 'node', '--import', 'tsx', 'manager.ts'))).toEqual(ANSWER);
  }, 120_000);

  it('is tested by vitest, with mocks', async () => {
    expect(await bin('vitest', 'run')).toMatch(/1 passed/);
  }, 120_000);

  it('runs what esbuild bundles, library and pages included', async () => {
    const options = [
      '--bundle',
      '--platform=node',
      '--format=esm',
      '--external:discord.js',
      '--out-extension:.js=.mjs',
    ];
    await bin('esbuild', 'bot.ts', 'manager.ts', ...options, '--outdir=bundle');

    expect((await readdir(join(app, 'bundle'))).toSorted()).toEqual(['bot.mjs', 'manager.mjs']);
    expect(JSON.parse(await runIn(app, 'node', 'bundle/manager.mjs'))).toEqual(ANSWER);
  }, 120_000);

  it('runs what swc makes of it', async () => {
    await bin(
      'swc',
      'bot.ts',
      'manager.ts',
      'contracts',
      'generated',
      '-d',
      'swc',
      '--ignore',
      '**/*.schema.ts',
    );

    expect(JSON.parse(await runIn(app, 'node', 'swc/manager.js'))).toEqual(ANSWER);
  }, 120_000);

  it('is checked by types of CommonJS projects, and runs in them', async () => {
    const cjs = join(app, 'cjs');
    await mkdir(cjs);
    for (const name of ['contracts', 'generated', 'bot.ts', 'tsconfig.json']) {
      await cp(join(app, name), join(cjs, name), { recursive: true });
    }
    await rm(join(cjs, 'generated/tea.schema.ts'));
    await writeFile(join(cjs, 'package.json'), '{ "type": "commonjs" }');

    await runIn(cjs, join(app, 'node_modules/.bin/tsc'));

    expect(await readFile(join(cjs, 'out/generated/tea.js'), 'utf8')).toContain(
      'require("shardwire/runtime")',
    );
    await runIn(cjs, 'node', '-e', "require('./out/bot.js'); setImmediate(() => process.exit())");
  }, 120_000);

  it('is one set of JavaScript pages for bots without a build', async () => {
    const plain = join(app, 'plain');
    await cp(join(app, 'contracts'), join(plain, 'contracts'), { recursive: true });
    await writeFile(join(plain, 'package.json'), '{ "type": "module", "shardwire": { "emit": "js" } }');
    await runIn(plain, join(app, 'node_modules/.bin/shardwire'), 'gen');
    for (const name of ['bot', 'manager']) {
      const text = await readFile(join(app, `out/${name}.js`), 'utf8');
      await writeFile(join(plain, `${name}.js`), text);
    }

    expect(JSON.parse(await runIn(plain, 'node', 'manager.js'))).toEqual(ANSWER);
  }, 120_000);
});

describe('a workspace with its contracts in a package of their own', () => {
  async function makeWorkspace(name: string): Promise<string> {
    const root = join(folder, name);
    await cp(join(FIXTURES, 'monorepo'), root, { recursive: true });
    await cp(join(FIXTURES, 'app/contracts'), join(root, 'packages/contracts/contracts'), {
      recursive: true,
    });
    await mkdir(join(root, 'packages/bot/src'));
    for (const file of ['bot.ts', 'manager.ts']) {
      const text = await readFile(join(FIXTURES, 'app', file), 'utf8');
      const imports = text
        .replace("'./generated/index.js'", "'@bots/contracts'")
        .replace("'./generated/tea.js'", "'@bots/contracts/tea'");
      await writeFile(join(root, 'packages/bot/src', file), imports);
    }
    await extend(join(root, 'package.json'), {
      devDependencies: versions(
        'discord.js',
        'fast-check',
        'ts-morph',
        'typebox',
        'typescript',
        '@types/node',
        'shardwire',
      ),
    });
    const contracts = name === 'pnpm' ? 'workspace:*' : '*';
    await extend(join(root, 'packages/contracts/package.json'), { dependencies: versions('shardwire') });
    await extend(join(root, 'packages/bot/package.json'), {
      dependencies: { ...versions('shardwire', 'discord.js', '@types/node'), '@bots/contracts': contracts },
    });
    return root;
  }

  async function extend(path: string, more: object): Promise<void> {
    const text = JSON.parse(await readFile(path, 'utf8')) as object;
    await writeFile(path, JSON.stringify({ ...text, ...more }, undefined, 2));
  }

  async function buildAndRun(root: string): Promise<unknown> {
    const contracts = join(root, 'packages/contracts');
    await runIn(contracts, join(contracts, 'node_modules/.bin/shardwire'), 'gen').catch(() =>
      runIn(contracts, join(root, 'node_modules/.bin/shardwire'), 'gen'),
    );
    await runIn(root, join(root, 'node_modules/.bin/tsc'), '-b');
    return JSON.parse(await runIn(join(root, 'packages/bot'), 'node', 'dist/manager.js'));
  }

  it('works under npm', async () => {
    const root = await makeWorkspace('npm');
    await runIn(root, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund');

    expect(await buildAndRun(root)).toEqual(ANSWER);
  }, 240_000);

  it('works under pnpm, where packages see only what they name', async () => {
    const root = await makeWorkspace('pnpm');
    const tools = join(folder, 'tools');
    await mkdir(tools);
    await writeFile(
      join(tools, 'package.json'),
      JSON.stringify({ private: true, dependencies: versions('pnpm') }),
    );
    await runIn(tools, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund');
    await runIn(root, join(tools, 'node_modules/.bin/pnpm'), 'install', '--prefer-offline');

    expect((await readdir(join(root, 'packages/contracts/node_modules'))).toSorted()).not.toContain(
      'discord.js',
    );
    expect(await buildAndRun(root)).toEqual(ANSWER);
  }, 240_000);
});
