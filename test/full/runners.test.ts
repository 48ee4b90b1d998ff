import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT, runNode, runProcess } from '../e2e/setup/run-process.js';
import type { ProcessEnd } from '../e2e/setup/run-process.js';
import { makeFolder, removeFolder } from '../package/installed-project.js';

const RUNNERS = join(ROOT, 'test/full/runners');

/** What all of them have to print. */
const OUTCOME = {
  accepted: true,
  refused: false,
  received: [{ kind: 'moved', to: [1, 2], at: '1970-01-01T00:00:00.005Z' }],
  thrown: 'options.Busy',
  bound: [
    'flags',
    'kinds',
    'oddNames',
    'onlyEvents',
    'options',
    'plainNames',
    'recursion',
    'schemas',
    'trees',
    'unions',
  ],
  schemas: ['changes', 'either', 'getters', 'profile', 'scores', 'settings', 'stored'],
};

/** Uses a page, its errors, the index and a schema page; `extension` is how pages are imported. */
function program(extension: string): string {
  return `
    import { writeFileSync } from 'node:fs';
    import { createTestClusters } from 'shardwire/testing';
    import { bind } from './generated/index.${extension}';
    import { kinds } from './generated/kinds.${extension}';
    import { handlers } from './generated/kinds.schema.${extension}';
    import { Busy } from './generated/options.${extension}';

    const { is, pack, unpack } = kinds.handlers['changes'].input;
    const moved = { kind: 'moved', to: [1, 2], at: new Date(5), extra: true };
    const sent = JSON.parse(JSON.stringify(pack([moved])));
    const clusters = await createTestClusters(1);
    const outcome = JSON.stringify({
      accepted: is([moved]),
      refused: is([{ kind: 'moved' }]),

      received: unpack(sent),
      thrown: new Busy({ retryAfterMs: 1 }).constructor.errorName,
      bound: Object.keys(bind(clusters.cluster(0))),
      schemas: Object.keys(handlers).toSorted(),
    });
    await clusters.shutdown();
    writeFileSync('outcome.json', outcome);
  `;
}

let folder: string;

/** A folder with the golden contracts and their pages, and with whatever is needed to run them. */
async function projectFor(name: string, ...flags: string[]): Promise<string> {
  const project = join(folder, name);
  await mkdir(join(project, 'node_modules'), { recursive: true });
  for (const one of ['typebox', 'vitest']) {
    await symlink(join(ROOT, 'node_modules', one), join(project, 'node_modules', one));
  }
  await symlink(ROOT, join(project, 'node_modules/shardwire'));
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
  for (const one of ['contracts', 'shared']) {
    await cp(join(ROOT, 'test/golden', one), join(project, one), { recursive: true });
  }
  const { stderr } = await runNode([join(ROOT, 'dist/codegen/bin.js'), 'gen', ...flags], { cwd: project });
  expect(stderr).toBe('');
  return project;
}

/** Replaces each TypeScript page by what a compiler makes of it, which sees one page at a time. */
async function compileEach(project: string, compile: (text: string) => Promise<string>): Promise<void> {
  const pages = (await readdir(join(project, 'generated'))).filter((name) => name.endsWith('.ts'));
  for (const name of pages) {
    const path = join(project, 'generated', name);
    await writeFile(path.replace(/\.ts$/, '.js'), await compile(await readFile(path, 'utf8')));
    await rm(path);
  }
}

/** What the program in the project found. */
async function outcomeIn(project: string, { stdout, stderr, code }: ProcessEnd): Promise<unknown> {
  expect(code, stdout + stderr).toBe(0);
  return JSON.parse(await readFile(join(project, 'outcome.json'), 'utf8'));
}

/** A Node that strips types: this one if it does, or one from the registry. */
async function strippingNode(): Promise<string> {
  if (process.allowedNodeEnvironmentFlags.has('--experimental-strip-types')) return process.execPath;
  const path = join(RUNNERS, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (!existsSync(path)) throw new Error('run this with Node 22.6 or newer: none is known for this machine');
  return path;
}

beforeAll(async () => {
  if (!existsSync(join(RUNNERS, 'node_modules'))) {
    // No lock file: it would have to name bindings of swc for platforms that not every registry has.
    const flags = ['--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'];
    const { code, stderr } = await runProcess('npm', ['install', ...flags], {
      cwd: RUNNERS,
      timeoutMs: 240_000,
    });
    if (code !== 0) throw new Error(stderr);
  }
  folder = await makeFolder('runners');
}, 300_000);

afterAll(() => removeFolder(folder));

it('runs pages under node --experimental-strip-types', async () => {
  const project = await projectFor('node', '--import-extension', 'ts');
  await writeFile(join(project, 'main.ts'), program('ts'));
  const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];

  const end = await runProcess(await strippingNode(), [...flags, 'main.ts'], { cwd: project });

  expect(await outcomeIn(project, end)).toEqual(OUTCOME);
});

it('runs pages under tsx', async () => {
  const project = await projectFor('tsx');
  await writeFile(join(project, 'main.ts'), program('js'));

  const end = await runNode([join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'main.ts'], { cwd: project });

  expect(await outcomeIn(project, end)).toEqual(OUTCOME);
});

it('runs pages that swc compiled one by one', async () => {
  const project = await projectFor('swc');
  const swc = createRequire(join(RUNNERS, 'package.json'))('@swc/core') as {
    readonly transform: (text: string, options: object) => Promise<{ readonly code: string }>;
  };
  const jsc = { parser: { syntax: 'typescript' }, target: 'es2022' };
  await compileEach(
    project,
    async (text) => (await swc.transform(text, { jsc, module: { type: 'es6' } })).code,
  );
  await writeFile(join(project, 'main.js'), program('js'));

  expect(await outcomeIn(project, await runNode(['main.js'], { cwd: project }))).toEqual(OUTCOME);
});

it('runs pages that esbuild compiled one by one', async () => {
  const project = await projectFor('esbuild');
  await compileEach(project, async (text) => (await transform(text, { loader: 'ts' })).code);
  await writeFile(join(project, 'main.js'), program('js'));

  expect(await outcomeIn(project, await runNode(['main.js'], { cwd: project }))).toEqual(OUTCOME);
});

it('runs pages written as JavaScript under node alone', async () => {
  const project = await projectFor('plain', '--emit', 'js');
  await writeFile(join(project, 'main.js'), program('js'));

  expect(await outcomeIn(project, await runNode(['main.js'], { cwd: project }))).toEqual(OUTCOME);
});

it('runs pages in vitest without a plugin', async () => {
  const project = await projectFor('vitest');
  const test = `import { it } from 'vitest';\nit('runs', async () => {\n${program('js').replaceAll(
    /^ *import (.*) from (.*);$/gm,
    'const $1 = await import($2);',
  )}});\n`;
  await writeFile(join(project, 'main.test.ts'), test);

  const end = await runNode([join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run'], { cwd: project });

  expect(await outcomeIn(project, end)).toEqual(OUTCOME);
});
