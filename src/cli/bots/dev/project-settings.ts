/**
 * Project settings: the folders of contracts and pages, from the command line, else from the key `shardwire` in
 * `package.json`, else the generator's defaults.
 *
 * Only to know what to watch: the generator reads the same settings itself and reports what is wrong with them.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface ContractFolders {
  readonly contracts: string;
  readonly out: string;
}

/** Returns absolute paths. */
export function contractFolders(
  options: { readonly [folder in keyof ContractFolders]: string | undefined },
  cwd: string,
): ContractFolders {
  const config = readConfig(join(cwd, 'package.json'));
  return {
    contracts: resolve(cwd, options.contracts ?? textOf(config['contracts']) ?? 'contracts'),
    out: resolve(cwd, options.out ?? textOf(config['out']) ?? 'generated'),
  };
}

function readConfig(path: string): Readonly<Record<string, unknown>> {
  try {
    const { shardwire } = JSON.parse(readFileSync(path, 'utf8')) as { readonly shardwire?: unknown };
    return typeof shardwire === 'object' ? ((shardwire ?? {}) as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
