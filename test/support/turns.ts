/**
 * Turns of the event loop: how tests wait for what happens within this process, and for nothing else.
 */
import { vi } from 'vitest';

export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Turns the event loop until `done` returns true. Fails after a bound, so that no test hangs. */
export async function turnUntil(done: () => boolean, what: string, maxTurns = 5000): Promise<void> {
  for (let turns = 0; turns < maxTurns; turns += 1) {
    if (done()) return;
    await turn();
  }
  throw new Error(`${what} did not happen within ${maxTurns} turns of the event loop`);
}

/** Waits until `condition` holds, for five seconds at most: for tests in which real time has to pass. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('waited for 5 s');
    await turn();
  }
}

/** Fakes clocks and timers, but not the turns of the event loop, which memory links need. */
export function useFakeClock(): void {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
}
