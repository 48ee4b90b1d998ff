/**
 * Loading the generator, and with it the compiler, an optional peer dependency.
 */
import type { Terminal } from '../../../src/cli/kit/terminal.js';

type Generator = typeof import('../../generate.js');

const MISSING_COMPILER = `The generator needs ts-morph, which is not installed. Install it with

npm i -D ts-morph@28.0.0 typebox@1.4.3

and run the command again.
`;

/** Returns `undefined` after printing an error where the compiler is not installed. */
export async function loadGenerator(terminal: Terminal): Promise<Generator | undefined> {
  terminal.progress?.('reading contracts …');
  try {
    return await import('../../generate.js');
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
    if (code !== 'MODULE_NOT_FOUND' || !String(message).includes("'ts-morph'")) throw error;
    terminal.printError(MISSING_COMPILER);
    return undefined;
  }
}
