/**
 * Stale pages: warns a developer when a contract has been edited since its page was generated.
 *
 * A page holds the path of its contract file, relative to the project, and the hash of its text. Outside of production
 * each file is read once, after everything else has had its turn, and nothing ever fails because of it: where the file
 * does not exist (a bundle, an image without sources) there is no warning. The project is the folder of the
 * `package.json` nearest to the process' main file, or else the working directory.
 */
import type { ContractSpec } from './spec.js';

type Contracts = Readonly<Record<string, ContractSpec>>;

const isProduction = process.env['NODE_ENV'] === 'production';
let hasChecked = false;

/** Checks the pages once per process; of all clusters only the first one does. */
export function warnWhenStale(contracts: Contracts, clusterId: number): void {
  if (isProduction || hasChecked || clusterId > 0) return;
  hasChecked = true;
  setImmediate(() => void warnOfStalePages(contracts)).unref();
}

async function warnOfStalePages(contracts: Contracts): Promise<void> {
  const stale = await stalePages(contracts, process.argv[1], process.cwd()).catch(() => []);
  if (stale.length === 0) return;
  const have = stale.length === 1 ? 'has' : 'have';
  process.emitWarning(
    `${stale.join(', ')} ${have} changed since the pages were generated: run npm run gen`,
    'ShardwireWarning',
  );
}

/** Returns the contract files whose text has changed since their pages were generated. */
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

/** A main file in `node_modules` belongs to a tool, for example a test runner, and not to the project. */
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
