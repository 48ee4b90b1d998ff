/**
 * Contract programs: what the compiler makes of contract files and of all that they import.
 *
 * One is made anew for every reading, out of files that are parsed again only when their texts have changed. Contract
 * files have the texts that are given, saved or not; everything else is looked up in the file system.
 */
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

  /** @param root - From where Node's own types are looked for. */
  constructor(root: string, options: ts.CompilerOptions) {
    this.#root = root;
    this.#options = options;
  }

  programOf(contracts: ContractTexts): ts.Program {
    const program = this.#make(contracts, []);
    // Node's types cost as much as everything else, so they are there for those who name what only they declare.
    const isForNode = program.getSourceFiles().some(mentionsNode);
    return isForNode ? this.#make(contracts, ['node']) : program;
  }

  #make(contracts: ContractTexts, types: string[]): ts.Program {
    return compiler.createProgram([...contracts.keys()], { ...this.#options, types }, this.#host(contracts));
  }

  #host(contracts: ContractTexts): ts.CompilerHost {
    const { sys } = compiler;
    const read = (path: string): string | undefined => {
      return contracts.get(path) ?? (path.startsWith(LIB_FOLDER) ? libText(path) : sys.readFile(path));
    };
    return {
      getSourceFile: (path, options) => this.#parse(path, read(path), options),
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

function mentionsNode({ fileName, text }: ts.SourceFile): boolean {
  const isForeign = fileName.startsWith(LIB_FOLDER) || fileName.includes('/node_modules/');
  return !isForeign && /\bBuffer\b/.test(text);
}
