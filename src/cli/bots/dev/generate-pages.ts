/**
 * Page generation: runs `shardwire gen` in a child process.
 *
 * The compiler's hundred megabytes are freed when it exits, and its output goes to this terminal.
 */
import { spawn } from 'node:child_process';

export interface GenerateOptions {
  /** File of the command `shardwire`. */
  readonly command: string;
  readonly contracts: string | undefined;
  readonly out: string | undefined;
}

/** Returns whether the pages were written. */
export function generatePages({ command, contracts, out }: GenerateOptions): Promise<boolean> {
  const args = [...flag('--contracts', contracts), ...flag('--out', out)];
  const child = spawn(process.execPath, [...process.execArgv, command, 'gen', ...args], { stdio: 'inherit' });
  const killGenerator = (): void => void child.kill();
  process.once('exit', killGenerator);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`Could not start the generator: ${error.message}`);
      resolve(false);
    });
    child.once('exit', (code) => {
      process.off('exit', killGenerator);
      resolve(code === 0);
    });
  });
}

function flag(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}
