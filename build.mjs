/**
 * Build: dist/ as it is shipped.
 *
 * tsc checks, and writes the declarations and the generator, with the kit in src/cli/kit/ that its commands import. The
 * library's own JavaScript is bundled: an entry is one file and what it shares with the others, since to a process that
 * starts, each small module costs more than what is in it. What two entries need is in a chunk of its own, so it exists
 * once however many entries a process imports. Neither minified nor with source maps: names stay, and every part says
 * which source it is from.
 */
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);
const root = import.meta.dirname;

async function compile(project) {
  try {
    await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], { cwd: root });
  } catch (error) {
    throw new Error(`tsc -p ${project} failed:\n${error.stdout}${error.stderr}`, { cause: error });
  }
}

/** The sources of all that can be imported, as package.json has them. */
async function entries() {
  const { exports } = JSON.parse(await readFile(`${root}/package.json`, 'utf8'));
  return Object.values(exports).flatMap((entry) => entry['shardwire-source'] ?? []);
}

/** @param folder Where what several entries share is put. */
async function bundle(entryPoints, folder) {
  await build({
    absWorkingDir: root,
    entryPoints,
    outbase: '.',
    outdir: 'dist',
    chunkNames: `${folder}/chunk-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    // The generator is no part of the library: it is loaded where its words are used, and there only.
    external: ['../../codegen/bin.js'],
    logLevel: 'warning',
  });
}

try {
  // What an earlier build left behind must not be shipped.
  await rm(`${root}/dist`, { recursive: true, force: true });
  const library = await entries();
  await Promise.all([
    compile('tsconfig.build.json'),
    compile('tsconfig.declarations.json'),
    bundle(library, 'src'),
    // The command uses the library as bots do. In one bundle with it, it would have cut it into more parts.
    bundle(['src/cli/bin.ts'], 'src/cli'),
  ]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
