/**
 * Cluster timers: the clocks of one cluster. What follows when one expires is up to the state machine.
 */
import { ReadyTimer } from './ready-timer.js';
import type { SupervisorSettings } from './settings.js';
import type { ClusterTimer } from './state-machine.js';

/** The grace period of a process that has closed its link, before SIGKILL: mostly it is just exiting. */
const EXIT_GRACE_MS = 500;
/** The grace period of a process between SIGTERM and SIGKILL. */
const TERM_GRACE_MS = 2000;
const IDLE_CHECK_MS = 10;

/** How long a timer runs that has a fixed time. */
export function timeoutOf(
  timer: 'ready' | 'shutdown' | 'term' | 'exit',
  { readyTimeoutMs, shutdownTimeoutMs }: SupervisorSettings,
): number {
  switch (timer) {
    case 'ready':
      return readyTimeoutMs;
    case 'shutdown':
      return shutdownTimeoutMs;
    case 'term':
      return TERM_GRACE_MS;
    case 'exit':
      return EXIT_GRACE_MS;
  }
}

export class ClusterTimers {
  readonly #onExpired: (timer: ClusterTimer) => void;
  readonly #ready: ReadyTimer;
  readonly #timers = new Map<ClusterTimer, NodeJS.Timeout>();

  constructor(onExpired: (timer: ClusterTimer) => void) {
    this.#onExpired = onExpired;
    this.#ready = new ReadyTimer(() => onExpired('ready'));
  }

  /** A timer that runs already starts anew. */
  start(timer: ClusterTimer, ms: number): void {
    if (timer === 'ready') {
      this.#ready.start(ms);
      return;
    }
    clearTimeout(this.#timers.get(timer));
    this.#timers.set(
      timer,
      setTimeout(() => this.#onExpired(timer), ms),
    );
  }

  /**
   * Starts the timer `drain`: it expires once the cluster is idle, and after `ms` at the latest. Nothing tells of the
   * last call's end, as that would cost every call: so it is looked at now and then.
   */
  startDrain(isIdle: () => boolean, ms: number): void {
    const until = performance.now() + ms;
    const check = (): void => {
      if (isIdle() || performance.now() >= until) this.#onExpired('drain');
      else this.#timers.set('drain', setTimeout(check, IDLE_CHECK_MS));
    };
    check();
  }

  stopBut(kept: readonly ClusterTimer[]): void {
    if (!kept.includes('ready')) this.#ready.stop();
    for (const [timer, handle] of this.#timers) {
      if (kept.includes(timer)) continue;
      clearTimeout(handle);
      this.#timers.delete(timer);
    }
  }

  /** From now on, time does not count for the timer `ready`. */
  pauseReady(): void {
    this.#ready.pause();
  }

  resumeReady(): void {
    this.#ready.resume();
  }
}
