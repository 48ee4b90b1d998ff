/**
 * The generator: turns a folder of contracts into the texts of all generated files. Writes nothing.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readContractFolder, textHash } from './contract-folder.js';
import { compareDiagnostics } from './diagnostics/diagnostics.js';
import type { Diagnostic } from './diagnostics/diagnostics.js';
import { ASYNCAPI_FILE, asyncApiText } from './reference/asyncapi.js';
import { MARKDOWN_FILE, markdownText } from './reference/markdown.js';
import { emitIndex } from './emit/emit-index.js';
import { emitPage } from './emit/emit-page.js';
import { emitSchemas } from './emit/schemas/emit-schema.js';
import { openReader } from './frontend/contract-reader.js';
import type { ContractReader } from './frontend/contract-reader.js';
import { compilePages } from './frontend/program/compile-pages.js';
import { LOCK_FILE, lockText } from './lock/lock-file.js';
import type { ContractModel } from './model/model.js';
import { relativePath } from './relative-path.js';

export interface GenerateOptions {
  /** The folder that paths in messages and headers are relative to. */
  readonly root: string;
  /** The contracts folder, relative to the root. */
  readonly contracts: string;
  /** The output folder, relative to the root. */
  readonly out: string;
  /** The tsconfig, relative to the root. Defaults to the root's `tsconfig.json`, if there is one. */
  readonly project?: string | undefined;
  /** Whether pages are TypeScript (`ts`), or JavaScript with declarations (`js`). Defaults to `ts`. */
  readonly emit?: EmitKind | undefined;
  /** The file extension in imports of pages and contracts. Defaults to `js`. */
  readonly importExtension?: ImportExtension | undefined;
  /** Whether schema pages are written. Defaults to `true`. */
  readonly schemas?: boolean | undefined;
  /** Whether a Markdown reference and an AsyncAPI document are written, too. Defaults to `false`. */
  readonly docs?: boolean | undefined;
}

export type EmitKind = 'ts' | 'js';
export type ImportExtension = 'js' | 'ts' | 'none';

export type Generated =
  | {
      readonly ok: true;
      /** The texts of the files, by name in the output folder. */
      readonly files: ReadonlyMap<string, string>;
      readonly contractCount: number;
      readonly warnings: readonly Diagnostic[];
      readonly memberCount: number;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export type ReadContracts =
  | {
      readonly ok: true;
      readonly contracts: readonly ContractModel[];
      readonly warnings: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function generate(options: GenerateOptions): Generated {
  return new Generator().generate(options);
}

type ReadOptions = Pick<GenerateOptions, 'root' | 'contracts' | 'project'>;

/** Reads the contracts of a folder. One invalid contract fails the whole folder. */
export function readContracts(options: ReadOptions): ReadContracts {
  return new Generator().read(options);
}

/** Generates repeatedly, and each time redoes only what has changed. */
export class Generator {
  #reader: ContractReader | undefined;
  readonly #pages = new WeakMap<ContractModel, ReadonlyMap<string, string>>();
  readonly #hashed = new WeakMap<ContractModel, ContractModel>();

  /** The absolute paths of the contracts and of their imports outside packages, with forward slashes. */
  get files(): readonly string[] {
    return this.#reader?.files ?? [];
  }

  /** Between calls only the options that `read` uses may change, and not the root. Pages are cached without the others. */
  generate(options: GenerateOptions): Generated {
    const read = this.read(options);
    if (!read.ok) return read;
    const { contracts, warnings } = read;
    return {
      ok: true,
      files: this.#allFiles(contracts, options),
      contractCount: contracts.length,
      warnings,
      memberCount: contracts.reduce((sum, { handlers, events }) => sum + handlers.length + events.length, 0),
    };
  }

  read(options: ReadOptions): ReadContracts {
    const tsconfig = tsconfigOf(options);
    const opened = openReader(options.root, tsconfig, this.#reader);
    if (!opened.ok) return failed([invalidConfig(options, tsconfig ?? '', opened.message)]);

    this.#reader = opened.reader;
    const shown = relativePath(options.root, options.contracts);
    const folder = readContractFolder(resolve(options.root, options.contracts), shown);
    const { contracts, diagnostics } = opened.reader.read(folder.files);
    const all = [...folder.diagnostics, ...diagnostics];
    if (all.some((one) => one.severity !== 'warning')) return failed(all);
    const texts = new Map(folder.files.map(({ source, text }) => [source, textHash(text)]));
    return {
      ok: true,
      contracts: contracts.map((one) => this.#withHash(one, texts.get(one.source))),
      warnings: all.toSorted(compareDiagnostics),
    };
  }

  /** Returns the same object for an unchanged contract, so that its pages are found in the cache. */
  #withHash(contract: ContractModel, hash: string | undefined): ContractModel {
    const known = this.#hashed.get(contract);
    if (hash === undefined || known?.textHash === hash) return known ?? contract;
    const hashed = { ...contract, textHash: hash };
    this.#hashed.set(contract, hashed);
    return hashed;
  }

  #allFiles(contracts: readonly ContractModel[], options: GenerateOptions): ReadonlyMap<string, string> {
    const shown = relativePath(options.root, options.contracts);
    const extension = EXTENSIONS[options.importExtension ?? 'js'];
    const index = new Map([['index.ts', emitIndex(contracts, `${shown}/`, extension)]]);
    const code = [...contracts.map((one) => this.#pagesOf(one, options)), compiled(index, options)].flatMap(
      (some) => [...some],
    );
    const docs = options.docs === true ? docsOf(contracts, `${shown}/`) : [];
    const files = new Map([...code, ...docs]);
    return new Map([...files, [LOCK_FILE, lockText(contracts, files)]]);
  }

  #pagesOf(contract: ContractModel, options: GenerateOptions): ReadonlyMap<string, string> {
    const pages = this.#pages.get(contract) ?? pagesOf(contract, options);
    this.#pages.set(contract, pages);
    return pages;
  }
}

function failed(diagnostics: readonly Diagnostic[]): Extract<ReadContracts, { readonly ok: false }> {
  return { ok: false, diagnostics: diagnostics.toSorted(compareDiagnostics) };
}

function pagesOf(contract: ContractModel, options: GenerateOptions): ReadonlyMap<string, string> {
  const imported = importPath(options, contract.source) + EXTENSIONS[options.importExtension ?? 'js'];
  const pages = new Map([[`${contract.file}.ts`, emitPage(contract, imported)]]);
  if (options.schemas !== false) pages.set(`${contract.file}.schema.ts`, emitSchemas(contract, imported));
  return compiled(pages, options);
}

function compiled(
  pages: ReadonlyMap<string, string>,
  { emit }: GenerateOptions,
): ReadonlyMap<string, string> {
  return emit === 'js' ? compilePages(pages) : pages;
}

function docsOf(contracts: readonly ContractModel[], folder: string): readonly (readonly [string, string])[] {
  return [
    [MARKDOWN_FILE, markdownText(contracts, folder)],
    [ASYNCAPI_FILE, asyncApiText(contracts, folder)],
  ];
}

const EXTENSIONS: Readonly<Record<ImportExtension, string>> = { js: '.js', ts: '.ts', none: '' };

/** Returns the specifier with which a page imports a contract file, without the file extension. */
function importPath({ root, out }: GenerateOptions, source: string): string {
  const path = relativePath(resolve(root, out), resolve(root, source)).replace(/\.ts$/, '');
  return path.startsWith('.') ? path : `./${path}`;
}

function tsconfigOf({ root, project }: Pick<GenerateOptions, 'root' | 'project'>): string | undefined {
  if (project !== undefined) return resolve(root, project);
  const usual = join(root, 'tsconfig.json');
  return existsSync(usual) ? usual : undefined;
}

function invalidConfig(
  { root }: Pick<GenerateOptions, 'root'>,
  tsconfig: string,
  message: string,
): Diagnostic {
  const file = relativePath(root, tsconfig);
  const hint = 'only its module resolution settings are used; choose another file with --project';
  return { code: 'SW6003', message: message.trim(), hint, location: { file } };
}
