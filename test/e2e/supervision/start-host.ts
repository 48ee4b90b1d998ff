/**
 * Hosts: managers in processes of their own, which tests may send signals to and kill.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ClusterManagerOptions } from 'shardwire';
import { onTestFinished } from 'vitest';
import { isAlive, until } from '../../support/processes.js';
import { BOTS } from '../core/start-bot.js';

export interface Host {
  readonly pid: number;
  readonly pids: () => number[];
  readonly lines: readonly string[];
  /** What the clusters have written down, in order. */
  journal(): string[];
  said(line: string): Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Runs a manager in a process of its own; whatever is left of it ends with the test. */
export function startHost(
  options: ClusterManagerOptions = {},
  env: Record<string, string> = {},
  bot = 'dying-bot.js',
): Host {
  const folder = mkdtempSync(join(tmpdir(), 'shardwire-going-down-'));
  const journal = join(folder, 'journal');
  const child = spawn(process.execPath, [resolve(BOTS, 'signalled-host.js'), bot, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, JOURNAL: journal, ...env },
  });
  const lines: string[] = [];
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    lines.splice(0, lines.length, ...text.split('\n'));
  });
  const pids = (): number[] =>
    lines.flatMap((line) => (line.startsWith('pid ') ? [Number(line.slice(4))] : []));
  onTestFinished(() => {
    child.kill('SIGKILL');
    for (const pid of pids()) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    pid: child.pid as number,
    pids,
    lines,
    journal: () => (existsSync(journal) ? readFileSync(journal, 'utf8').trim().split('\n') : []),
    said: (line) => until(() => lines.includes(line), `the line '${line}'`, 10_000),
    ended: new Promise((done) => child.once('close', (code, signal) => done({ code, signal }))),
  };
}
