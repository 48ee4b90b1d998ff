/**
 * Stale pages: tells a developer that a contract has been edited since its page was written.
 *
 * A page says where its contract file is, seen from the project, and what its text hashed to. Outside of production the
 * file is looked for once, after everything else has had its turn, and nothing ever fails for it: where there is no such
 * file (a bundle, an image without sources) there is nothing to say. A process is taken to run in the project whose
 * `package.json` is nearest to its main file, or else in its working directory.
 */
import type { ContractSpec } from './spec.js';

type Contracts = Readonly<Record<string, ContractSpec>>;

const isProduction = process.env['NODE_ENV'] === 'production';
let hasLooked = false;

/** Looks, once per process. `clusterId` is whose process it is: of all clusters only the first one speaks. */
export function watchStalePages(contracts: Contracts, clusterId: number): void {
  if (isProduction || hasLooked || clusterId > 0) return;
  hasLooked = true;
  setImmediate(() => void warnOfStalePages(contracts)).unref();
}

async function warnOfStalePages(contracts: Contracts): Promise<void> {
  const stale = await stalePages(contracts, process.argv[1], process.cwd()).catch(() => []);
  if (stale.length === 0) return;
  const have = stale.length === 1 ? 'has' : 'have';
  process.emitWarning(
    `${stale.join(', ')} ${have} changed since the pages were written: run npm run gen`,
    'ShardwireWarning',
  );
}

/** The contract files that say something else than when their pages were written. */
export async function stalePages(
  contracts: Contracts,
  main: string | undefined,
  cwd: string,
): Promise<readonly string[]> {
  // Loaded here, since a bot in production needs none of it.
  const paths = await import('node:path');
  const { createHash } = await import('node:crypto');
  const root = await projectOf(main, cwd);
  const sources = Object.values(contracts).flatMap(({ source }) => source ?? []);
  const stale = sources.map(async ({ file, hash }) => {
    const text = await textOf(paths.resolve(root, file));
    if (text === undefined) return [];
    const now = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
    return now.startsWith(hash) ? [] : [file];
  });
  return (await Promise.all(stale)).flat();
}

/** A main file in `node_modules` is a tool's, a test runner's for example. */
async function projectOf(main: string | undefined, cwd: string): Promise<string> {
  if (main === undefined || /[\\/]node_modules[\\/]/.test(main)) return cwd;
  const paths = await import('node:path');
  for (let folder = paths.dirname(main); ; folder = paths.dirname(folder)) {
    if ((await textOf(paths.join(folder, 'package.json'))) !== undefined) return folder;
    if (paths.dirname(folder) === folder) return cwd;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  const { readFile } = await import('node:fs/promises');
  return readFile(path, 'utf8').catch(() => undefined);
}
