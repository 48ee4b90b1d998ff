/**
 * Builds the library and the bot files once: forked clusters run plain JavaScript, as users' clusters do.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export async function setup(): Promise<void> {
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']);
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.examples.json']);
}
