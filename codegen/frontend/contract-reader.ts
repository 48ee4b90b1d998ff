/**
 * Contract reader: turns contract files into models. The only access to the compiler for the rest of the generator.
 *
 * A reader keeps what it has parsed, so that reading again after an edit costs little. The texts of the contract files are
 * passed in; the file system is read only to follow their imports.
 */
import type { ts } from 'ts-morph';
import { contractName } from '../model/contract-name.js';
import type { Diagnostic } from '../diagnostics/diagnostics.js';
import type { ContractModel } from '../model/model.js';
import { compilerSettings } from './program/compiler-settings.js';
import { ContractPrograms } from './program/contract-program.js';
import { ContractWalk } from './contract/contract-walk.js';
import { ReadingCache } from './program/reading-cache.js';
import type { ContractReading } from './program/reading-cache.js';
import { Reporter } from './program/reporter.js';

/** A contract file. */
export interface ContractSource {
  /** The absolute path. */
  readonly path: string;
  /** The path relative to the root, with forward slashes. */
  readonly source: string;
  readonly text: string;
}

export interface Reading {
  /** In the order of the sources. Incomplete if any diagnostic is an error. */
  readonly contracts: readonly ContractModel[];
  readonly diagnostics: readonly Diagnostic[];
}

export type OpenedReader =
  { readonly ok: true; readonly reader: ContractReader } | { readonly ok: false; readonly message: string };

/**
 * Opens a reader.
 *
 * @param root - The folder that paths in messages are relative to.
 * @param tsconfig - The user's tsconfig, which determines module resolution.
 * @param before - An earlier reader, which is returned again if its settings are unchanged.
 */
export function openReader(
  root: string,
  tsconfig: string | undefined,
  before?: ContractReader,
): OpenedReader {
  const settings = compilerSettings(tsconfig);
  if (!settings.ok) return settings;
  const isSame = before !== undefined && JSON.stringify(before.options) === JSON.stringify(settings.options);
  return { ok: true, reader: isSame ? before : new ContractReader(root, settings.options) };
}

export class ContractReader {
  readonly options: ts.CompilerOptions;
  readonly #root: string;
  readonly #programs: ContractPrograms;
  readonly #cache = new ReadingCache();

  constructor(root: string, options: ts.CompilerOptions) {
    this.#root = root;
    this.options = options;
    this.#programs = new ContractPrograms(root, options);
  }

  /** The files that the last reading depended on, except TypeScript's own and those of packages. */
  get files(): readonly string[] {
    return this.#programs.files;
  }

  read(sources: readonly ContractSource[]): Reading {
    const texts = new Map(sources.map(({ path, text }) => [path.replaceAll('\\', '/'), text]));
    const program = this.#programs.programOf(texts);
    this.#cache.useProgram(program);
    const readings = sources.map((source) => this.#readOne(program, source));
    const diagnostics = withoutDuplicates(readings.flatMap(({ diagnostics: some }) => some));
    if (diagnostics.some(({ severity }) => severity !== 'warning')) this.#programs.forget();
    return { contracts: readings.flatMap(({ contract }) => contract ?? []), diagnostics };
  }

  #readOne(program: ts.Program, source: ContractSource): ContractReading {
    const known = this.#cache.get(source.path);
    if (known !== undefined) return known;
    const reporter = new Reporter(this.#root);
    const contract = walk(program, reporter, source);
    reportErrors(program, reporter, source);
    const reading = { contract, diagnostics: reporter.diagnostics() };
    this.#cache.put(program, source.path, reading);
    return reading;
  }
}

/** Two contracts that import the same type would both report its problems. */
function withoutDuplicates(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify([one.code, one.location]), one])).values()];
}

function walk(program: ts.Program, reporter: Reporter, source: ContractSource): ContractModel | undefined {
  const file = program.getSourceFile(source.path);
  const name = contractName(source.source);
  if (file === undefined || name === undefined) return undefined;
  // A file with syntax errors is not walked; `reportErrors` reports the errors.
  if (program.getSyntacticDiagnostics(file).length > 0) return undefined;
  return new ContractWalk(program, reporter, file).model(name, source.source);
}

function reportErrors(program: ts.Program, reporter: Reporter, { path }: ContractSource): void {
  const file = program.getSourceFile(path);
  if (file === undefined) return;
  const errors = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  for (const error of errors) reporter.reportCompilerError(error);
}
