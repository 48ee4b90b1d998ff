/**
 * Turns of the event loop: how tests wait for what happens within this process, and for nothing else.
 */
import { vi } from 'vitest';

export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Turns until `done` says so. Ends with an error after a bound, so that no test hangs. */
export async function turnUntil(done: () => boolean, what: string, maxTurns = 5000): Promise<void> {
  for (let turns = 0; turns < maxTurns; turns += 1) {
    if (done()) return;
    await turn();
  }
  throw new Error(`${what} did not happen within ${maxTurns} turns of the event loop`);
}

/** Fakes clocks and timers, but not the turns of the event loop on which memory links travel. */
export function useFakeClock(): void {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
}
