/**
 * Builds the library and the bot files once: forked clusters run plain JavaScript, as users' clusters do.
 */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export async function setup(): Promise<void> {
  // What an earlier build left behind must not be what a test finds.
  await rm('dist', { recursive: true, force: true });
  await rm('build', { recursive: true, force: true });
  await compile('tsconfig.build.json');
  await compile('tsconfig.examples.json');
}

async function compile(project: string): Promise<void> {
  try {
    await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project]);
  } catch (error) {
    const { stdout } = error as { readonly stdout?: string };
    throw new Error(`tsc -p ${project} failed:\n${stdout ?? String(error)}`, { cause: error });
  }
}
