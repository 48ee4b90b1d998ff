/**
 * Processes for tests: started, heard to the end, and never left behind.
 *
 * A process that takes too long is killed; its clusters, if it is a manager, exit with it.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ProcessOptions {
  /** Defaults to the root of the repository. */
  readonly cwd?: string | undefined;
  /** On top of this process' own; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Defaults to 30 000. */
  readonly timeoutMs?: number | undefined;
}

export interface ProcessEnd {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs `node` with these arguments and waits for its end. */
export function runNode(args: readonly string[], options: ProcessOptions = {}): Promise<ProcessEnd> {
  return runProcess(process.execPath, args, options);
}

/** Runs a command and waits for its end. Rejects only when it cannot be started. */
export function runProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<ProcessEnd> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...cleanEnvironment(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.timeoutMs ?? 30_000,
    killSignal: 'SIGKILL',
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });
}

/** What a user's shell has: nothing of the test runner's own, and nobody's bot token. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV: _env, NODE_OPTIONS: _options, DISCORD_TOKEN: _token, ...rest } = process.env;
  return Object.fromEntries(
    Object.entries(rest).filter(([name]) => !/^(vitest|npm_(package|lifecycle))/i.test(name)),
  );
}
