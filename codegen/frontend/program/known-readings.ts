/**
 * Known readings: what was found in contracts whose files, and the files that they import, have not changed since.
 *
 * Parsed files are kept by their texts, so the same object means the same text. A file that speaks to all others (no
 * module, or one that augments others) counts as imported by all. Where the program has other files than before, nothing
 * is known: an import may lead elsewhere. Nor is anything known of contracts with errors.
 */
import type { ts } from 'ts-morph';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { ContractModel } from '../../model/model.js';
import { LIB_FOLDER, compiler } from './compiler.js';

/** What was found in one contract. */
export interface ContractReading {
  readonly contract: ContractModel | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

interface Known extends ContractReading {
  /** The contract file itself, and all that it imports. */
  readonly files: ReadonlySet<ts.SourceFile>;
}

/** Part of every version of the compiler, though it does not say so: where a file names others. */
interface WithImports {
  readonly imports?: readonly ts.StringLiteralLike[];
}

export class KnownReadings {
  #known = new Map<string, Known>();
  #names = '';
  #global: readonly ts.SourceFile[] = [];

  /** Forgets what does not hold in this program. */
  enter(program: ts.Program): void {
    const files = program.getSourceFiles();
    const names = files.map(({ fileName }) => fileName).join('\n');
    const global = files.filter(speaksToAll);
    const isSame =
      names === this.#names &&
      global.length === this.#global.length &&
      global.every((file, i) => file === this.#global[i]);
    [this.#names, this.#global] = [names, global];
    const holds = ([, { files: some }]: readonly [string, Known]): boolean =>
      isSame && [...some].every((file) => program.getSourceFile(file.fileName) === file);
    this.#known = new Map([...this.#known].filter(holds));
  }

  get(path: string): ContractReading | undefined {
    return this.#known.get(path);
  }

  put(program: ts.Program, path: string, reading: ContractReading): void {
    const file = program.getSourceFile(path);
    const isWrong = reading.diagnostics.some(({ severity }) => severity !== 'warning');
    if (file !== undefined && !isWrong)
      this.#known.set(path, { ...reading, files: closureOf(program, file) });
  }
}

function closureOf(program: ts.Program, first: ts.SourceFile): ReadonlySet<ts.SourceFile> {
  const checker = program.getTypeChecker();
  const closure = new Set([first]);
  for (const file of closure) {
    for (const specifier of (file as WithImports).imports ?? []) {
      const declarations = checker.getSymbolAtLocation(specifier)?.declarations ?? [];
      for (const declaration of declarations) closure.add(declaration.getSourceFile());
    }
    for (const { fileName } of file.referencedFiles) {
      const referenced = program.getSourceFile(fileName);
      if (referenced !== undefined) closure.add(referenced);
    }
  }
  return closure;
}

function speaksToAll(file: ts.SourceFile): boolean {
  if (file.fileName.startsWith(LIB_FOLDER)) return false;
  return !compiler.isExternalModule(file) || /\bdeclare\s+(?:global|module)\b/.test(file.text);
}
