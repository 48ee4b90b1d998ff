/**
 * Builds the library and the bot files once: forked clusters run plain JavaScript, as users' clusters do.
 */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export async function setup(): Promise<void> {
  // What an earlier build left behind must not be what a test finds.
  await rm('build', { recursive: true, force: true });
  await build('build.mjs');
  await build('node_modules/typescript/bin/tsc', '-p', 'tsconfig.examples.json');
}

async function build(...args: readonly string[]): Promise<void> {
  try {
    await run(process.execPath, args);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`node ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
