/**
 * Generating: a folder of contracts in, the texts of all pages out. Writes nothing.
 */
import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { readContractFolder } from './contract-folder.js';
import { inOrder } from './diagnostics.js';
import type { Diagnostic } from './diagnostics.js';
import { emitIndex } from './emit/emit-index.js';
import { emitPage } from './emit/emit-page.js';
import { emitSchemas } from './emit/emit-schema.js';
import { openReader } from './frontend/contract-reader.js';
import { LOCK_FILE, lockText } from './lock-file.js';
import type { ContractModel } from './model.js';

export interface GenerateOptions {
  /** What paths in messages and headers are relative to. */
  readonly root: string;
  /** The contracts folder, relative to the root. */
  readonly contracts: string;
  /** The output folder, relative to the root. */
  readonly out: string;
  /** A tsconfig, relative to the root. Defaults to the root's `tsconfig.json`, if there is one. */
  readonly project?: string | undefined;
}

export type Generated =
  | {
      readonly ok: true;
      /** The texts of the files, by their names in the output folder. */
      readonly files: ReadonlyMap<string, string>;
      readonly contractCount: number;
      readonly memberCount: number;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function generate(options: GenerateOptions): Generated {
  const tsconfig = tsconfigOf(options);
  const opened = openReader(options.root, tsconfig);
  if (!opened.ok) return refused([badConfig(options, tsconfig ?? '', opened.message)]);

  const shown = shownPath(options.root, options.contracts);
  const folder = readContractFolder(resolve(options.root, options.contracts), shown);
  const { contracts, diagnostics } = opened.reader.read(folder.files);
  if (folder.diagnostics.length + diagnostics.length > 0)
    return refused([...folder.diagnostics, ...diagnostics]);
  return {
    ok: true,
    files: pagesOf(contracts, options, shown),
    contractCount: contracts.length,
    memberCount: contracts.reduce((sum, { handlers, events }) => sum + handlers.length + events.length, 0),
  };
}

function refused(diagnostics: readonly Diagnostic[]): Generated {
  return { ok: false, diagnostics: diagnostics.toSorted(inOrder) };
}

function pagesOf(
  contracts: readonly ContractModel[],
  { root, out }: GenerateOptions,
  shown: string,
): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  for (const contract of contracts) {
    pages.set(`${contract.file}.ts`, emitPage(contract, importPath(root, out, contract.source)));
    pages.set(`${contract.file}.schema.ts`, emitSchemas(contract));
  }
  pages.set('index.ts', emitIndex(contracts, `${shown}/`));
  return new Map([...pages, [LOCK_FILE, lockText(contracts, pages)]]);
}

/** How a page in the output folder imports a contract file. */
function importPath(root: string, out: string, source: string): string {
  const path = shownPath(resolve(root, out), resolve(root, source)).replace(/\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}

/** With forward slashes, whatever the machine. */
function shownPath(root: string, path: string): string {
  return relative(root, resolve(root, path)).split(sep).join('/');
}

function tsconfigOf({ root, project }: GenerateOptions): string | undefined {
  if (project !== undefined) return resolve(root, project);
  const usual = join(root, 'tsconfig.json');
  return existsSync(usual) ? usual : undefined;
}

function badConfig({ root }: GenerateOptions, tsconfig: string, message: string): Diagnostic {
  const file = shownPath(root, tsconfig);
  const hint = 'it is only read for how modules are found; name another with --project';
  return { code: 'SW6003', message: message.trim(), hint, place: { file } };
}
