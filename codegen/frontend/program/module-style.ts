/**
 * Module style: how files import each other, according to a user's tsconfig.
 */
import { compiler as ts } from './compiler.js';
import { compilerSettings } from './compiler-settings.js';

export interface ModuleStyle {
  /** Whether files may be imported as `./a.ts`. */
  readonly allowsTsExtensions: boolean;
  /** Whether a bundler resolves imports and TypeScript emits nothing. */
  readonly isBundledOnly: boolean;
  /** Whether module resolution is too old to find `shardwire/contract`. */
  readonly isOutdated: boolean;
}

/** Returns the module style; `undefined` for a tsconfig that cannot be read. */
export function moduleStyle(tsconfig: string): ModuleStyle | undefined {
  if (!compilerSettings(tsconfig).ok) return undefined;
  const parsed = ts.getParsedCommandLineOfConfigFile(tsconfig, undefined, {
    ...ts.sys,
    readDirectory: () => [],
    onUnRecoverableConfigFileDiagnostic: () => undefined,
  });
  if (parsed === undefined) return undefined;
  const { allowImportingTsExtensions, rewriteRelativeImportExtensions, moduleResolution, module, noEmit } =
    parsed.options;
  const isBundler = moduleResolution === ts.ModuleResolutionKind.Bundler;
  const isOld = module === undefined || module < ts.ModuleKind.Node16;
  return {
    allowsTsExtensions: allowImportingTsExtensions === true || rewriteRelativeImportExtensions === true,
    isBundledOnly: isBundler && noEmit === true,
    isOutdated:
      moduleResolution === ts.ModuleResolutionKind.Node10 ||
      moduleResolution === ts.ModuleResolutionKind.Classic ||
      (moduleResolution === undefined && isOld && module !== ts.ModuleKind.Preserve),
  };
}
