/**
 * The command as its users run it: the built file in a process of its own, in a folder of its own.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { isAlive, until } from '../../support/processes.js';
import { ROOT, cleanEnvironment } from '../setup/run-process.js';

export const COMMAND = resolve(ROOT, 'dist/src/cli/bin.js');

export interface Command {
  readonly pid: number;
  /** What it and its clusters have written so far, line by line, both streams together. */
  readonly lines: readonly string[];
  /** Of its clusters' processes, in the order in which they were started. */
  pids(): number[];
  /** Resolves when so many lines match. */
  readonly said: (line: string | RegExp, times?: number) => Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Whatever is left of it ends with the test. */
export function runCommand(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Command {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
    });
  }
  const pids = (): number[] =>
    lines.flatMap((line) => (/ started, shard/.test(line) ? [Number(/\(pid (\d+)\)/.exec(line)?.[1])] : []));
  onTestFinished(() => {
    child.kill('SIGKILL');
    for (const pid of pids()) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });
  const matches = (wanted: string | RegExp) => (line: string) =>
    typeof wanted === 'string' ? line === wanted : wanted.test(line);
  return {
    pid: child.pid as number,
    lines,
    pids,
    said: (line, times = 1) =>
      until(
        () => lines.filter(matches(line)).length >= times,
        `${String(line)} (${times} times) in\n${lines.join('\n')}`,
        20_000,
      ).catch((error: unknown) => {
        throw new Error(`${String(line)} was not said:\n${lines.join('\n')}`, { cause: error });
      }),
    ended: new Promise((done) => child.once('close', (code, signal) => done({ code, signal }))),
  };
}

export interface CommandProject {
  readonly root: string;
  readonly write: (path: string, text: string) => void;
}

/** A project with these files, the library and what it may have installed beside it. */
export function makeProject(
  files: Readonly<Record<string, string>>,
  packages: readonly string[] = [],
): CommandProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'shardwire-command-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('package.json', '{ "type": "module" }');
  for (const [path, text] of Object.entries(files)) write(path, text);
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(ROOT, join(root, 'node_modules/shardwire'));
  for (const name of packages)
    symlinkSync(join(ROOT, 'node_modules', name), join(root, 'node_modules', name));
  return { root, write };
}
