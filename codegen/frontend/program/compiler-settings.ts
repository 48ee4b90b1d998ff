/**
 * Under which options contracts are read.
 *
 * The same ones everywhere, whatever the bot's own strictness, so that one contract means one thing. Only how modules
 * are found comes from the user's tsconfig: an import has to lead where the bot's own compiler would go.
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
  // The checker's order of union members otherwise depends on what else it has seen.
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

  // Which files the project has is of no interest, so no folder is searched for them.
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

/** The oldest kinds of resolution do not know `exports`, without which `shardwire/contract` is not found. */
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
