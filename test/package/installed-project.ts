/**
 * An installed project: the packed library in an empty folder, as its users have it.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, runProcess } from '../e2e/setup/run-process.js';
import type { ProcessEnd } from '../e2e/setup/run-process.js';

export interface Tarball {
  readonly path: string;
  /** Paths in the package, sorted. */
  readonly files: readonly string[];
}

/** A folder of its own under the system's temporary ones. */
export async function makeFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `shardwire-${name}-`));
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** Packs what `npm publish` would send. `dist/` is built already, so `prepack` need not run. */
export async function packInto(folder: string): Promise<Tarball> {
  const { stdout } = await npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], ROOT);
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  if (packed === undefined) throw new Error('npm pack told of no tarball');
  return { path: join(folder, packed.filename), files: packed.files.map(({ path }) => path).toSorted() };
}

/**
 * Fills `folder` with a project that has the tarball and what the README tells users to install beside it.
 *
 * A real `npm install`, so that peers, the `bin` link and the dependencies are resolved as they are for users; it
 * takes a few seconds with npm's cache. The compiler is the repository's: which one users have is theirs.
 */
export async function installInto(folder: string, tarball: Tarball): Promise<void> {
  const versions = await peerVersions(['discord.js', 'ts-morph', 'typebox', '@types/node']);
  await writeFile(
    join(folder, 'package.json'),
    '{ "name": "user-project", "private": true, "type": "module" }\n',
  );
  await npm(
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', tarball.path, ...versions],
    folder,
  );
  await cp(join(ROOT, 'test/fixtures/user-project'), folder, { recursive: true });
}

/** The versions that the repository is tested with. */
async function peerVersions(names: readonly string[]): Promise<string[]> {
  const { devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  return names.map((name) => `${name}@${devDependencies[name] ?? 'latest'}`);
}

async function npm(args: readonly string[], cwd: string): Promise<ProcessEnd> {
  const end = await runProcess('npm', args, { cwd, timeoutMs: 120_000 });
  if (end.code !== 0) throw new Error(`npm ${args[0]} ended with ${end.code}: ${end.stderr}`);
  return end;
}
