/**
 * Contract programs: what the compiler makes of contract files and of all that they import.
 *
 * Each is made out of the one before, of files that are parsed again only when their texts have changed. Contract
 * files have the texts that are given, saved or not; everything else is looked up in the file system.
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
  /** Whether Node takes it for a module, which its folder decides. */
  readonly format: ts.ResolutionMode;
}

export class ContractPrograms {
  readonly #root: string;
  readonly #options: ts.CompilerOptions;
  readonly #parsed = new Map<string, ParsedFile>();
  /** The last programs, by the types that they were told to have. */
  readonly #last = new Map<string, ts.Program>();
  #names = '';
  #files: readonly string[] = [];

  /** @param root - From where Node's own types are looked for. */
  constructor(root: string, options: ts.CompilerOptions) {
    this.#root = root;
    this.#options = options;
  }

  /**
   * What was read, and what it names by a path even if there is no such file. Absolute; TypeScript's own files and those
   * of packages left out.
   */
  get files(): readonly string[] {
    return this.#files;
  }

  programOf(contracts: ContractTexts): ts.Program {
    this.#forgetIfMoved(contracts);
    const plain = this.#make(contracts, []);
    // Node's types cost as much as everything else, so they are there for those who name what only they declare.
    const program = plain.getSourceFiles().some(mentionsNode) ? this.#make(contracts, ['node']) : plain;
    this.#files = program.getSourceFiles().filter(isOwn).flatMap(namedBy);
    return program;
  }

  /**
   * A program is made out of the last one as long as the same files lie beside each other. With another file an import
   * may lead elsewhere, and the last program would not look.
   */
  #forgetIfMoved(contracts: ContractTexts): void {
    const folders = new Set([...contracts.keys(), ...this.#files].map((path) => dirname(path)));
    const names = [...folders].toSorted().map((folder) => [folder, namesIn(folder)]);
    const before = this.#names;
    this.#names = JSON.stringify([[...contracts.keys()], names]);
    if (this.#names !== before) this.forget();
  }

  /** The next program looks up all imports anew: one that led nowhere may lead somewhere by then. */
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

/** A file, and the files that it imports by their paths, as far as those can be told: their folders are what counts. */
function namedBy(file: ts.SourceFile): readonly string[] {
  const relative = importsOf(file).filter((name) => name.startsWith('.'));
  return [file.fileName, ...relative.map((name) => resolve(dirname(file.fileName), name))];
}

/** Part of every version of the compiler, though it does not say so. */
interface WithImports {
  readonly imports?: readonly ts.StringLiteralLike[];
}

function importsOf(file: ts.SourceFile): readonly string[] {
  return ((file as WithImports).imports ?? []).map(({ text }) => text);
}

function namesIn(folder: string): readonly string[] {
  return compiler.sys.directoryExists(folder) ? readdirSync(folder).toSorted() : [];
}
