/**
 * Contract reader: contract files in, models out. The one door to the compiler.
 *
 * A reader keeps what it has parsed, so that reading again after an edit costs little. It is given the text of the contract
 * files and looks into the file system only to follow their imports.
 */
import type { ts } from 'ts-morph';
import { contractName } from '../contract-name.js';
import type { Diagnostic } from '../diagnostics.js';
import type { ContractModel } from '../model.js';
import { compilerSettings } from './compiler-settings.js';
import { ContractPrograms } from './contract-program.js';
import { ContractWalk } from './contract-walk.js';
import { Reporter } from './reporter.js';

/** A contract file. */
export interface ContractSource {
  /** Absolute. */
  readonly path: string;
  /** Relative to the root, with forward slashes. */
  readonly source: string;
  readonly text: string;
}

export interface Reading {
  /** In the order of the sources. Not to be used if a diagnostic is more than a warning. */
  readonly contracts: readonly ContractModel[];
  readonly diagnostics: readonly Diagnostic[];
}

export type OpenedReader =
  { readonly ok: true; readonly reader: ContractReader } | { readonly ok: false; readonly message: string };

/**
 * Opens a reader.
 *
 * @param root - What paths in messages are relative to.
 * @param tsconfig - The user's tsconfig, for how modules are found.
 */
export function openReader(root: string, tsconfig: string | undefined): OpenedReader {
  const settings = compilerSettings(tsconfig);
  if (!settings.ok) return settings;
  return { ok: true, reader: new ContractReader(root, settings.options) };
}

export class ContractReader {
  readonly #root: string;
  readonly #programs: ContractPrograms;

  constructor(root: string, options: ts.CompilerOptions) {
    this.#root = root;
    this.#programs = new ContractPrograms(root, options);
  }

  read(sources: readonly ContractSource[]): Reading {
    const texts = new Map(sources.map(({ path, text }) => [path.replaceAll('\\', '/'), text]));
    const program = this.#programs.programOf(texts);
    const reporter = new Reporter(this.#root);
    const contracts = sources.map((source) => walk(program, reporter, source));
    for (const source of sources) reportErrors(program, reporter, source);
    return { contracts: contracts.filter((contract) => contract !== undefined), diagnostics: reporter.all() };
  }
}

function walk(program: ts.Program, reporter: Reporter, source: ContractSource): ContractModel | undefined {
  const file = program.getSourceFile(source.path);
  const name = contractName(source.source);
  if (file === undefined || name === undefined) return undefined;
  // What does not parse has no meaning; its errors are reported below.
  if (program.getSyntacticDiagnostics(file).length > 0) return undefined;
  return new ContractWalk(program, reporter, file).model(name, source.source);
}

function reportErrors(program: ts.Program, reporter: Reporter, { path }: ContractSource): void {
  const file = program.getSourceFile(path);
  if (file === undefined) return;
  const errors = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  for (const error of errors) reporter.compiler(error);
}
