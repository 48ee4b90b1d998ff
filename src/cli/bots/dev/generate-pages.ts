/**
 * Generating pages: `shardwire gen`, in a process of its own.
 *
 * The compiler's hundred megabytes live for that second only, and what it prints goes where ours does.
 */
import { spawn } from 'node:child_process';

export interface GenerateOptions {
  /** The file of the command itself. */
  readonly command: string;
  readonly contracts: string | undefined;
  readonly out: string | undefined;
}

/** Returns whether the pages are there. */
export function generatePages({ command, contracts, out }: GenerateOptions): Promise<boolean> {
  const args = [...flag('--contracts', contracts), ...flag('--out', out)];
  const child = spawn(process.execPath, [...process.execArgv, command, 'gen', ...args], { stdio: 'inherit' });
  const endWithUs = (): void => void child.kill();
  process.once('exit', endWithUs);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`The generator could not be started: ${error.message}`);
      resolve(false);
    });
    child.once('exit', (code) => {
      process.off('exit', endWithUs);
      resolve(code === 0);
    });
  });
}

function flag(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}
