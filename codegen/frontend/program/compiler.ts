/**
 * The compiler that ts-morph brings: whatever TypeScript a bot has installed, contracts are read by this one.
 *
 * Types of the compiler are imported from ts-morph, since that costs nothing; what runs comes from here. Imported, Node
 * would first read through the whole of it to find out what it exports, which takes it a tenth of a second.
 */
import { createRequire } from 'node:module';

const morph = createRequire(import.meta.url)('ts-morph') as typeof import('ts-morph');

export const compiler = morph.ts;

/** Where the compiler believes TypeScript's own declarations to be. No such folder exists. */
export const LIB_FOLDER = '/node_modules/typescript/lib';

const libs = new morph.Project({ useInMemoryFileSystem: true }).getModuleResolutionHost();

/** The text of one of TypeScript's own declaration files, which ts-morph carries along. */
export function libText(path: string): string | undefined {
  return libs.readFile?.(path);
}
