/**
 * Reaper: ensures that no cluster outlives its manager, not even one that is stuck.
 *
 * A cluster whose event loop turns exits by itself when its link ends. One that is stuck, or has not made its
 * `ClusterClient` yet, does not, and a manager that was killed can do nothing about it. So a shell waits at the
 * end of a pipe that only the manager holds; when the pipe ends, the shell kills the pids that it was sent last. About
 * one megabyte; where there is no `sh` (Windows, an image without a shell), stuck clusters are not reaped.
 */
import type { ChildProcess } from 'node:child_process';

/** Signals that are meant for the bot must not end the shell early. Clusters that exit by themselves get a second. */
const SCRIPT = `trap '' HUP INT TERM
while read -r line; do pids=$line; done
[ -n "$pids" ] && sleep 1 && kill -KILL $pids 2>/dev/null`;

export class Reaper {
  readonly #pids = new Set<number>();
  #shell: ChildProcess | undefined;

  add(pid: number | undefined): void {
    if (pid === undefined) return;
    this.#pids.add(pid);
    this.#sendPids();
  }

  /** To be called when a process is gone: the system may reuse its pid soon. */
  delete(pid: number | undefined): void {
    if (pid !== undefined && this.#pids.delete(pid)) this.#sendPids();
  }

  /** Ends the shell without killing anything. */
  close(): void {
    this.#pids.clear();
    this.#sendPids();
    this.#shell?.stdin?.end();
    this.#shell = undefined;
  }

  #sendPids(): void {
    if (this.#pids.size > 0) this.#shell ??= startShell();
    this.#shell?.stdin?.write(`${[...this.#pids].join(' ')}\n`);
  }
}

/** The shell does not keep the manager's process running, and its loss does not disturb the bot. */
function startShell(): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined;
  const { spawn } = process.getBuiltinModule('node:child_process');
  const shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'] });
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return shell;
}
