/**
 * Reading cache: the readings of contracts that have not changed, and whose imports have not changed.
 *
 * Parsed files are reused while their text is the same, so the same object means the same text. A file that can affect all
 * others (a script, or a module that augments others) counts as imported by every contract. A change in the program's list
 * of files clears the cache, since an import may resolve differently. Contracts with errors are not cached.
 */
import type { ts } from 'ts-morph';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { ContractModel } from '../../model/model.js';
import { LIB_FOLDER, compiler } from './compiler.js';

/** The result of reading one contract. */
export interface ContractReading {
  readonly contract: ContractModel | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

interface Known extends ContractReading {
  /** The contract file, and everything that it imports directly or indirectly. */
  readonly files: ReadonlySet<ts.SourceFile>;
}

/** An undeclared property that every version of the compiler has: the nodes in which a file names others. */
interface WithImports {
  readonly imports?: readonly ts.StringLiteralLike[];
}

export class ReadingCache {
  #known = new Map<string, Known>();
  #names = '';
  #global: readonly ts.SourceFile[] = [];

  /** Drops the readings that are out of date in this program. */
  useProgram(program: ts.Program): void {
    const files = program.getSourceFiles();
    const names = files.map(({ fileName }) => fileName).join('\n');
    const global = files.filter(affectsAllFiles);
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

function affectsAllFiles(file: ts.SourceFile): boolean {
  if (file.fileName.startsWith(LIB_FOLDER)) return false;
  return !compiler.isExternalModule(file) || /\bdeclare\s+(?:global|module)\b/.test(file.text);
}
