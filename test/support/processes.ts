/**
 * Processes: whether they are running, and bounded waits for their end.
 */
import { readFileSync } from 'node:fs';

/** A zombie has ended, although its parent has not collected its exit code yet. */
const DEAD_STATES = new Set(['Z', 'X']);

export function isAlive(pid: number): boolean {
  if (process.platform === 'linux') return !DEAD_STATES.has(stateOf(pid));
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The system's letter for the state of a process; `X`, dead, if the process no longer exists. */
function stateOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  } catch {
    return 'X';
  }
}

/** Polls `isSo`, as there is no event to wait for. Fails when it takes longer than `withinMs`. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  withinMs = 5000,
): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) throw new Error(`${what}: not within ${withinMs} ms`);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

export function untilDead(pids: readonly number[], withinMs = 5000): Promise<void> {
  return until(() => !pids.some(isAlive), `the end of the processes ${pids.join(', ')}`, withinMs);
}
