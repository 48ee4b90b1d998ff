/**
 * Compiler settings: the compiler options under which contracts are read.
 *
 * The options are the same for every bot, whatever its own strictness, so that a contract has one meaning. Only module
 * resolution follows the user's tsconfig: an import has to resolve to the same file as in the bot's own compiler.
 */
import { dirname } from 'node:path';
import type { ts } from 'ts-morph';
import { compiler } from './compiler.js';

export type Settings =
  | { readonly ok: true; readonly options: ts.CompilerOptions }
  | { readonly ok: false; readonly message: string };

const OWN_OPTIONS: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  target: compiler.ScriptTarget.ES2022,
  // Without the DOM: half a second less.
  lib: ['lib.es2022.d.ts'],
  // Otherwise the checker's order of union members depends on the types that it has seen before.
  stableTypeOrdering: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
};

const NODE_MODULES: ts.CompilerOptions = {
  module: compiler.ModuleKind.NodeNext,
  moduleResolution: compiler.ModuleResolutionKind.NodeNext,
};

/** @param tsconfig - The user's tsconfig, if there is one. */
export function compilerSettings(tsconfig: string | undefined): Settings {
  if (tsconfig === undefined) return { ok: true, options: { ...OWN_OPTIONS, ...NODE_MODULES } };
  const { config, error } = compiler.readConfigFile(tsconfig, (path) =>
    compiler.sys.readFile(path),
  ) as ConfigFile;
  if (error !== undefined) return { ok: false, message: textOf(error) };

  // The project's file list is not needed, so no folder is searched.
  const host: ts.ParseConfigHost = {
    ...compiler.sys,
    useCaseSensitiveFileNames: true,
    readDirectory: () => [],
  };
  const { options, errors } = compiler.parseJsonConfigFileContent(
    config,
    host,
    dirname(tsconfig),
    undefined,
    tsconfig,
  );
  const broken = errors.find((one) => one.code !== NO_INPUTS_FOUND);
  if (broken !== undefined) return { ok: false, message: textOf(broken) };
  return { ok: true, options: { ...OWN_OPTIONS, ...moduleOptions(options) } };
}

interface ConfigFile {
  readonly config?: unknown;
  readonly error?: ts.Diagnostic;
}

const NO_INPUTS_FOUND = 18003;

const MODULE_KEYS = [
  'baseUrl',
  'customConditions',
  'moduleSuffixes',
  'paths',
  'pathsBasePath',
  'preserveSymlinks',
  'resolvePackageJsonExports',
  'resolvePackageJsonImports',
  'rootDirs',
] as const;

function moduleOptions(user: ts.CompilerOptions): ts.CompilerOptions {
  const chosen = Object.fromEntries(
    MODULE_KEYS.filter((key) => user[key] !== undefined).map((key) => [key, user[key]]),
  );
  return { ...chosen, ...resolutionOf(user) };
}

/** The oldest resolution modes ignore `exports`, and would not find `shardwire/contract`. */
function resolutionOf({ module, moduleResolution }: ts.CompilerOptions): ts.CompilerOptions {
  const isNode =
    moduleResolution === compiler.ModuleResolutionKind.NodeNext ||
    moduleResolution === compiler.ModuleResolutionKind.Node16;
  if (isNode) return NODE_MODULES;
  const isBundled =
    moduleResolution !== undefined || (module !== undefined && module < compiler.ModuleKind.Node16);
  if (!isBundled && module !== compiler.ModuleKind.Preserve) return NODE_MODULES;
  return { module: compiler.ModuleKind.ESNext, moduleResolution: compiler.ModuleResolutionKind.Bundler };
}

function textOf(diagnostic: ts.Diagnostic): string {
  return compiler.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
}
