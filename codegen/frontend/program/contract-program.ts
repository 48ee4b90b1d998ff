/**
 * Contract programs: compiler programs of the contract files and everything that they import.
 *
 * Each program is built from the previous one, and files are parsed again only when their texts have changed. The texts of
 * contract files are passed in, saved or not; all other files are read from the file system.
 */
import { readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ts } from 'ts-morph';
import { LIB_FOLDER, compiler, libText } from './compiler.js';

/** The texts of contract files, by their paths with forward slashes. */
export type ContractTexts = ReadonlyMap<string, string>;

type ParseOptions = ts.ScriptTarget | ts.CreateSourceFileOptions;

interface ParsedFile {
  readonly file: ts.SourceFile;
  /** The module format that Node gives the file, which depends on its folder. */
  readonly format: ts.ResolutionMode;
}

export class ContractPrograms {
  readonly #root: string;
  readonly #options: ts.CompilerOptions;
  readonly #parsed = new Map<string, ParsedFile>();
  /** The last programs, by their `types` option. */
  readonly #last = new Map<string, ts.Program>();
  #names = '';
  #files: readonly string[] = [];

  /** @param root - The folder from which `@types/node` is resolved. */
  constructor(root: string, options: ts.CompilerOptions) {
    this.#root = root;
    this.#options = options;
  }

  /**
   * The absolute paths of all files that were read, and of all relative imports in them, whether such a file exists or
   * not. TypeScript's own files and those of packages are left out.
   */
  get files(): readonly string[] {
    return this.#files;
  }

  programOf(contracts: ContractTexts): ts.Program {
    this.#forgetIfMoved(contracts);
    const plain = this.#make(contracts, []);
    // Node's types cost as much as everything else together, so they are loaded only for contracts that mention `Buffer`.
    const program = plain.getSourceFiles().some(mentionsNode) ? this.#make(contracts, ['node']) : plain;
    this.#files = program.getSourceFiles().filter(isOwn).flatMap(namedBy);
    return program;
  }

  /**
   * The last program is reused as long as the folders list the same files. A new file may change what an import resolves
   * to, and a reused program would not resolve it again.
   */
  #forgetIfMoved(contracts: ContractTexts): void {
    const folders = new Set([...contracts.keys(), ...this.#files].map((path) => dirname(path)));
    const names = [...folders].toSorted().map((folder) => [folder, namesIn(folder)]);
    const before = this.#names;
    this.#names = JSON.stringify([[...contracts.keys()], names]);
    if (this.#names !== before) this.forget();
  }

  /** Makes the next program resolve all imports again: a missing file may exist by then. */
  forget(): void {
    this.#last.clear();
  }

  #make(contracts: ContractTexts, types: string[]): ts.Program {
    const key = types.join();
    const options = { ...this.#options, types };
    const host = this.#host(contracts);
    const program = compiler.createProgram([...contracts.keys()], options, host, this.#last.get(key));
    this.#last.set(key, program);
    return program;
  }

  #host(contracts: ContractTexts): ts.CompilerHost {
    const { sys } = compiler;
    const read = (path: string): string | undefined => {
      return contracts.get(path) ?? (path.startsWith(LIB_FOLDER) ? libText(path) : sys.readFile(path));
    };
    return {
      getSourceFile: (path, options) => this.#knownLib(path) ?? this.#parse(path, read(path), options),
      readFile: read,
      fileExists: (path) => contracts.has(path) || sys.fileExists(path),
      directoryExists: (path) => sys.directoryExists(path),
      getDirectories: (path) => sys.getDirectories(path),
      realpath: (path) => sys.realpath?.(path) ?? path,
      getCurrentDirectory: () => this.#root,
      getDefaultLibFileName: () => `${LIB_FOLDER}/lib.d.ts`,
      getDefaultLibLocation: () => LIB_FOLDER,
      getCanonicalFileName: (path) => (sys.useCaseSensitiveFileNames ? path : path.toLowerCase()),
      useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
      getNewLine: () => '\n',
      writeFile: () => undefined,
    };
  }

  /** TypeScript's own files never change. */
  #knownLib(path: string): ts.SourceFile | undefined {
    return path.startsWith(LIB_FOLDER) ? this.#parsed.get(path)?.file : undefined;
  }

  #parse(path: string, text: string | undefined, options: ParseOptions): ts.SourceFile | undefined {
    if (text === undefined) return undefined;
    const format = typeof options === 'object' ? options.impliedNodeFormat : undefined;
    const known = this.#parsed.get(path);
    if (known?.file.text === text && known.format === format) return known.file;
    const file = compiler.createSourceFile(path, text, options);
    this.#parsed.set(path, { file, format });
    return file;
  }
}

function mentionsNode(file: ts.SourceFile): boolean {
  return isOwn(file) && /\bBuffer\b/.test(file.text);
}

function isOwn({ fileName }: ts.SourceFile): boolean {
  return !fileName.startsWith(LIB_FOLDER) && !fileName.includes('/node_modules/');
}

/** Returns a file and its relative imports. The exact file of an import does not matter, only its folder does. */
function namedBy(file: ts.SourceFile): readonly string[] {
  const relative = importsOf(file).filter((name) => name.startsWith('.'));
  return [file.fileName, ...relative.map((name) => resolve(dirname(file.fileName), name))];
}

/** An undeclared property that every version of the compiler has. */
interface WithImports {
  readonly imports?: readonly ts.StringLiteralLike[];
}

function importsOf(file: ts.SourceFile): readonly string[] {
  return ((file as WithImports).imports ?? []).map(({ text }) => text);
}

function namesIn(folder: string): readonly string[] {
  return compiler.sys.directoryExists(folder) ? readdirSync(folder).toSorted() : [];
}
