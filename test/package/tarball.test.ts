/**
 * What users get: the packed library is complete, types check, and it runs in a project that has nothing else.
 */
import { existsSync } from 'node:fs';
import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, runNode, runProcess } from '../e2e/setup/run-process.js';
import { installInto, makeFolder, packInto, removeFolder } from './installed-project.js';
import type { Tarball } from './installed-project.js';

let folder: string;
let tarball: Tarball;

beforeAll(async () => {
  folder = await makeFolder('pack');
  tarball = await packInto(folder);
});

afterAll(() => removeFolder(folder));

/** A page as a grown bot has it; fails if it is not that page. */
const TWENTY_HANDLERS =
  "const { twenty } = await import('./out/generated/twenty.js'); if (Object.keys(twenty.handlers).length !== 20) throw 20;";

describe('the tarball', () => {
  it('holds the build, the words about it, and nothing else', () => {
    const outside = tarball.files.filter((path) => !path.startsWith('dist/'));
    const odd = tarball.files.filter(
      (path) => path.startsWith('dist/') && !/^dist\/(src|codegen)\/.+\.(js|d\.ts)$/.test(path),
    );

    expect(outside).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
    expect(odd).toEqual([]);
  });

  it('holds no page of a source that is gone, and no chunk that nobody imports (a build into an old dist/ would)', async () => {
    const sourceOf = (path: string): string =>
      join(ROOT, path.replace(/^dist\//, '').replace(/(\.d\.ts|\.js)$/, '.ts'));
    const pages = tarball.files.filter((path) => path.startsWith('dist/'));
    const chunks = pages.filter((path) => /^dist\/src\/(cli\/)?chunk-[^/]+\.js$/.test(path));
    const bundled = pages.filter((path) => path.startsWith('dist/src/') && path.endsWith('.js'));
    const code = await Promise.all(bundled.map((path) => readFile(join(ROOT, path), 'utf8')));

    const imported = chunks.filter((path) => code.some((text) => text.includes(`/${basename(path)}"`)));

    expect(pages.filter((path) => !chunks.includes(path) && !existsSync(sourceOf(path)))).toEqual([]);
    expect(imported).toEqual(chunks);
    expect(chunks.length).toBeGreaterThan(0);
  });

  it('is what publint asks for', async () => {
    const bytes = await readFile(tarball.path);
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);

    const { messages, pkg } = await publint({ strict: true, pack: { tarball: buffer } });

    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it('gives every entry the types that it has', async () => {
    const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');

    const { code, stdout } = await runNode([
      attw,
      tarball.path,
      '--profile',
      'esm-only',
      '--no-color',
      '--no-emoji',
    ]);

    expect(code, stdout).toBe(0);
  });
});

describe('a project that has only the tarball and its peers', () => {
  let project: string;
  const shardwire = (...args: string[]) =>
    runProcess(join(project, 'node_modules/.bin/shardwire'), args, { cwd: project });

  beforeAll(async () => {
    project = await makeFolder('project');
    await installInto(project, tarball);
    const { code, stderr } = await shardwire('gen');
    if (code !== 0) throw new Error(stderr);
  }, 120_000);

  afterAll(() => removeFolder(project));

  it('has its pages written by the installed command', async () => {
    const pages = await readdir(join(project, 'generated'));
    const { code, stdout } = await shardwire('gen', '--check');

    expect(pages).toEqual(expect.arrayContaining(['hops.schema.ts', 'hops.ts', 'index.ts']));
    expect(code, stdout).toBe(0);
  });

  it.each(['tsconfig.json', 'tsconfig.libraries.json'])(
    'compiles under the strictest flags: %s',
    async (config) => {
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');

      const { code, stdout } = await runNode([tsc, '-p', config], { cwd: project });

      expect(stdout).toBe('');
      expect(code).toBe(0);
    },
  );

  it('runs a call from one cluster to another with nothing but node', async () => {
    const { code, stdout, stderr } = await runNode(['out/manager.js'], { cwd: project });

    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ greeting: 'hello', askedBy: 0, answeredBy: 1, guilds: 4, all: 10 });
    expect(code).toBe(0);
  });

  it.each<[text: string, packages: string[]]>([
    ["import 'shardwire';", []],
    ["import 'shardwire/runtime';", []],
    ["import './out/generated/index.js';", []],
    [TWENTY_HANDLERS, []],
    ["import 'shardwire/testing';", ['ws']],
  ])('loads nothing but itself, Node and what it must: %s %j', async (text, packages) => {
    const hook = pathToFileURL(join(ROOT, 'test/package/loads.mjs')).href;

    const { code, stderr } = await runNode(['--import', hook, '--input-type=module', '-e', text], {
      cwd: project,
    });

    const loaded = [...stderr.matchAll(/^loads (.*)$/gm)].map(([, url = '']) => url);
    const own = loaded.filter((url) => /\/(node_modules\/shardwire\/dist|out)\//.test(url));
    const others = loaded.filter((url) => !own.includes(url) && !url.startsWith('node:'));
    const names = others.map((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? url);
    // At least an entry and what it shares with the others.
    expect(own.length).toBeGreaterThan(1);
    expect([...new Set(names)]).toEqual(packages);
    expect(code).toBe(0);
  });

  it.each<[text: string, builtins: string[]]>([
    ["import 'shardwire';", ['child_process', 'crypto', 'http', 'perf_hooks', 'v8']],
    ["import 'shardwire/runtime';", ['child_process', 'crypto', 'http', 'net', 'perf_hooks', 'stream', 'v8']],
    [TWENTY_HANDLERS, ['child_process', 'crypto', 'http', 'net', 'perf_hooks', 'stream', 'v8']],
  ])('loads nothing of Node that only others need: %s', async (text, builtins) => {
    const loaded = async (source: string): Promise<string[]> => {
      const file = join(project, 'loaded.mjs');
      await writeFile(file, `${source}\nconsole.log(process.moduleLoadList.join());`);
      const { stdout } = await runNode([file], { cwd: project });
      return builtins.filter((name) => stdout.trim().split(',').includes(`NativeModule ${name}`));
    };

    expect(await loaded(builtins.map((name) => `import 'node:${name}';`).join(''))).toEqual(builtins);
    expect(await loaded(text)).toEqual([]);
  });

  it('has one IPCError, whichever entry met it first', async () => {
    const text = `
      import { IPCError } from 'shardwire';
      import { createTestClusters } from 'shardwire/testing';
      const bot = await createTestClusters(2);
      const error = await bot.cluster(0).ipc.requestTo(1, 'nothing', 1, 50).catch((error) => error);
      await bot.shutdown();
      console.log(error instanceof IPCError);`;

    const { stdout } = await runNode(['--input-type=module', '-e', text], { cwd: project });

    expect(stdout).toBe('true\n');
  });

  it('says what to install when the generator has no ts-morph', async () => {
    const bare = await makeFolder('bare');
    try {
      const installed = 'node_modules/shardwire';
      await cp(join(project, installed), join(bare, installed), { recursive: true });
      await cp(join(project, 'contracts'), join(bare, 'contracts'), { recursive: true });

      const { code, stderr } = await runNode([join(installed, 'dist/codegen/bin.js'), 'gen'], { cwd: bare });

      expect(stderr.split('\n')).toContain('npm i -D ts-morph@28.0.0 typebox@1.4.3');
      expect(stderr).not.toContain('    at ');
      expect(code).toBe(1);
      expect(existsSync(join(bare, 'generated'))).toBe(false);
    } finally {
      await removeFolder(bare);
    }
  });
});
