/**
 * Life timers: the clocks of one cluster's life. What they end in is the table's.
 */
import type { LifeTimer } from './state-machine.js';
import { ReadyClock } from './ready-clock.js';

export class LifeTimers {
  readonly #expired: (timer: LifeTimer) => void;
  readonly #ready: ReadyClock;
  readonly #timers = new Map<LifeTimer, NodeJS.Timeout>();

  constructor(expired: (timer: LifeTimer) => void) {
    this.#expired = expired;
    this.#ready = new ReadyClock(() => expired('ready'));
  }

  /** Starts it anew if it runs. */
  start(timer: LifeTimer, ms: number): void {
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

  stopBut(kept: readonly LifeTimer[]): void {
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
