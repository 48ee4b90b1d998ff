/**
 * Generating: a folder of contracts in, the texts of all pages out. Writes nothing.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readContractFolder, textHash } from './contract-folder.js';
import { inOrder } from './diagnostics/diagnostics.js';
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
  /** What paths in messages and headers are relative to. */
  readonly root: string;
  /** The contracts folder, relative to the root. */
  readonly contracts: string;
  /** The output folder, relative to the root. */
  readonly out: string;
  /** A tsconfig, relative to the root. Defaults to the root's `tsconfig.json`, if there is one. */
  readonly project?: string | undefined;
  /** Whether pages are TypeScript, or JavaScript beside declarations. Defaults to `ts`. */
  readonly emit?: EmitKind | undefined;
  /** How pages import each other and the contracts. Defaults to `js`. */
  readonly importExtension?: ImportExtension | undefined;
  /** Whether schema pages are written. Defaults to `true`. */
  readonly schemas?: boolean | undefined;
  /** Whether a reference and an AsyncAPI document are written beside the pages. Defaults to `false`. */
  readonly docs?: boolean | undefined;
}

export type EmitKind = 'ts' | 'js';
export type ImportExtension = 'js' | 'ts' | 'none';

export type Generated =
  | {
      readonly ok: true;
      /** The texts of the files, by their names in the output folder. */
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

/** Reads the contracts of a folder, and refuses them all if there is anything wrong with one. */
export function readContracts(options: ReadOptions): ReadContracts {
  return new Generator().read(options);
}

/** Generates again and again, and each time does only what has to be done anew. */
export class Generator {
  #reader: ContractReader | undefined;
  readonly #pages = new WeakMap<ContractModel, ReadonlyMap<string, string>>();
  readonly #hashed = new WeakMap<ContractModel, ContractModel>();

  /** The files that the contracts consist of, packages left out: absolute, with forward slashes. */
  get files(): readonly string[] {
    return this.#reader?.files ?? [];
  }

  /** The options but the root may change only in what `read` takes. */
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
    if (!opened.ok) return refused([badConfig(options, tsconfig ?? '', opened.message)]);

    this.#reader = opened.reader;
    const shown = relativePath(options.root, options.contracts);
    const folder = readContractFolder(resolve(options.root, options.contracts), shown);
    const { contracts, diagnostics } = opened.reader.read(folder.files);
    const all = [...folder.diagnostics, ...diagnostics];
    if (all.some((one) => one.severity !== 'warning')) return refused(all);
    const texts = new Map(folder.files.map(({ source, text }) => [source, textHash(text)]));
    return {
      ok: true,
      contracts: contracts.map((one) => this.#withHash(one, texts.get(one.source))),
      warnings: all.toSorted(inOrder),
    };
  }

  /** The same model for the same contract, so that its pages are known. */
  #withHash(contract: ContractModel, hash: string | undefined): ContractModel {
    const known = this.#hashed.get(contract);
    if (hash === undefined || known?.textHash === hash) return known ?? contract;
    const hashed = { ...contract, textHash: hash };
    this.#hashed.set(contract, hashed);
    return hashed;
  }

  #allFiles(contracts: readonly ContractModel[], options: GenerateOptions): ReadonlyMap<string, string> {
    const shown = relativePath(options.root, options.contracts);
    const ending = ENDINGS[options.importExtension ?? 'js'];
    const index = new Map([['index.ts', emitIndex(contracts, `${shown}/`, ending)]]);
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

function refused(diagnostics: readonly Diagnostic[]): Extract<ReadContracts, { readonly ok: false }> {
  return { ok: false, diagnostics: diagnostics.toSorted(inOrder) };
}

function pagesOf(contract: ContractModel, options: GenerateOptions): ReadonlyMap<string, string> {
  const imported = importPath(options, contract.source) + ENDINGS[options.importExtension ?? 'js'];
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

const ENDINGS: Readonly<Record<ImportExtension, string>> = { js: '.js', ts: '.ts', none: '' };

/** How a page in the output folder imports a contract file, but for the ending. */
function importPath({ root, out }: GenerateOptions, source: string): string {
  const path = relativePath(resolve(root, out), resolve(root, source)).replace(/\.ts$/, '');
  return path.startsWith('.') ? path : `./${path}`;
}

function tsconfigOf({ root, project }: Pick<GenerateOptions, 'root' | 'project'>): string | undefined {
  if (project !== undefined) return resolve(root, project);
  const usual = join(root, 'tsconfig.json');
  return existsSync(usual) ? usual : undefined;
}

function badConfig({ root }: Pick<GenerateOptions, 'root'>, tsconfig: string, message: string): Diagnostic {
  const file = relativePath(root, tsconfig);
  const hint = 'it is only read for how modules are found; name another with --project';
  return { code: 'SW6003', message: message.trim(), hint, place: { file } };
}
