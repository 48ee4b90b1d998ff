import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const FOLDER = 'test/full/typescript';

/** What a user may have beside the version that builds the project. */
const VERSIONS = ['5.9', '6.0'];

beforeAll(async () => {
  if (existsSync(`${FOLDER}/node_modules/typescript-5.9`)) return;
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: FOLDER });
}, 120_000);

describe.each(VERSIONS)('TypeScript %s', (version) => {
  it('accepts contracts, generated pages and the example bot against the shipped types', async () => {
    const tsc = `${FOLDER}/node_modules/typescript-${version}/bin/tsc`;

    const { stdout } = await run(process.execPath, [tsc, '--version']);
    const problems = await run(process.execPath, [tsc, '-p', 'tsconfig.examples.json', '--noEmit']).then(
      () => '',
      (error: { readonly stdout?: string }) => error.stdout ?? 'tsc could not be run',
    );

    expect(stdout).toContain(`Version ${version}.`);
    expect(problems).toBe('');
  }, 120_000);
});
