import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const FOLDER = 'test/full/typescript';
/** Below `build/`, the package's own name leads to the built package. */
const FRESH = 'build/typescript';

/** What a user may have; the last is the one that builds the project. */
const COMPILERS = [
  ['5.9', `${FOLDER}/node_modules/typescript-5.9/bin/tsc`],
  ['6.0', `${FOLDER}/node_modules/typescript-6.0/bin/tsc`],
  ['7.0', 'node_modules/typescript/bin/tsc'],
] as const;

beforeAll(async () => {
  await generateFresh();
  if (existsSync(`${FOLDER}/node_modules/typescript-5.9`)) return;
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: FOLDER });
}, 120_000);

/** Contracts with everything that they may hold, and their pages, written just now. */
async function generateFresh(): Promise<void> {
  await rm(FRESH, { recursive: true, force: true });
  await mkdir(FRESH, { recursive: true });
  await cp('test/golden/contracts', `${FRESH}/contracts`, { recursive: true });
  await cp('test/golden/shared', `${FRESH}/shared`, { recursive: true });
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023'],
    module: 'nodenext',
    types: ['node'],
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
  };
  const config = { compilerOptions, include: ['contracts', 'generated'] };
  await writeFile(`${FRESH}/tsconfig.json`, JSON.stringify(config));
  await run(process.execPath, ['../../dist/codegen/bin.js', 'gen'], { cwd: FRESH });
}

async function problemsOf(tsc: string, ...args: readonly string[]): Promise<string> {
  return run(process.execPath, [tsc, ...args]).then(
    () => '',
    (error: { readonly stdout?: string }) => error.stdout ?? 'tsc could not be run',
  );
}

describe.each(COMPILERS)('TypeScript %s', (version, tsc) => {
  it('accepts contracts, generated pages and the example bot against the shipped types', async () => {
    const { stdout } = await run(process.execPath, [tsc, '--version']);
    const problems = await problemsOf(tsc, '-p', 'tsconfig.examples.json', '--noEmit');

    expect(stdout).toContain(`Version ${version}.`);
    expect(problems).toBe('');
  }, 120_000);

  it('accepts pages and schemas that were generated just now, of everything that contracts may hold', async () => {
    expect(await problemsOf(tsc, '-p', FRESH)).toBe('');
  }, 120_000);
});
