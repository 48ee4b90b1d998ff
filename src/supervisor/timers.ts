/**
 * Life timers: the clocks of one cluster's life. What they end in is the table's.
 */
import type { ClusterTimer } from './state-machine.js';
import { ReadyClock } from './ready-clock.js';

export class ClusterTimers {
  readonly #expired: (timer: ClusterTimer) => void;
  readonly #ready: ReadyClock;
  readonly #timers = new Map<ClusterTimer, NodeJS.Timeout>();

  constructor(expired: (timer: ClusterTimer) => void) {
    this.#expired = expired;
    this.#ready = new ReadyClock(() => expired('ready'));
  }

  /** Starts it anew if it runs. */
  start(timer: ClusterTimer, ms: number): void {
    if (timer === 'ready') {
      this.#ready.start(ms);
      return;
    }
    clearTimeout(this.#timers.get(timer));
    this.#timers.set(
      timer,
      setTimeout(() => this.#expired(timer), ms),
    );
  }

  stopBut(kept: readonly ClusterTimer[]): void {
    if (!kept.includes('ready')) this.#ready.stop();
    for (const [timer, handle] of this.#timers) {
      if (kept.includes(timer)) continue;
      clearTimeout(handle);
      this.#timers.delete(timer);
    }
  }

  /** Time from now on does not count for the timer `ready`. */
  pauseReady(): void {
    this.#ready.pause();
  }

  resumeReady(): void {
    this.#ready.resume();
  }
}
