/**
 * The compiler bundled with ts-morph. Contracts are read with it, whatever TypeScript version a bot has installed.
 *
 * Types may be imported from ts-morph anywhere, since that costs nothing; values come from here. An `import` would make
 * Node scan the whole package for its exports first, which takes a tenth of a second.
 */
import { createRequire } from 'node:module';

const morph = createRequire(import.meta.url)('ts-morph') as typeof import('ts-morph');

export const compiler = morph.ts;

/** The virtual folder of TypeScript's own declarations. It does not exist on disk. */
export const LIB_FOLDER = '/node_modules/typescript/lib';

const libs = new morph.Project({ useInMemoryFileSystem: true }).getModuleResolutionHost();

/** Returns the text of one of TypeScript's own declaration files, which ts-morph bundles. */
export function libText(path: string): string | undefined {
  return libs.readFile?.(path);
}
