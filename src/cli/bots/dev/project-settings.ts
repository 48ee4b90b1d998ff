/**
 * Project settings: where contracts and pages are, from the command line, the key `shardwire` in `package.json`, or as
 * the generator has it by default.
 *
 * The generator reads the same by itself and says what is wrong with it; here it is only about what to watch.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface ContractFolders {
  readonly contracts: string;
  readonly out: string;
}

/** Absolute paths. */
export function contractFolders(
  given: { readonly [folder in keyof ContractFolders]: string | undefined },
  cwd: string,
): ContractFolders {
  const config = readConfig(join(cwd, 'package.json'));
  return {
    contracts: resolve(cwd, given.contracts ?? textOf(config['contracts']) ?? 'contracts'),
    out: resolve(cwd, given.out ?? textOf(config['out']) ?? 'generated'),
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
