/**
 * Event-loop lag: how late this process runs its timers.
 *
 * Measured by a separate timer. Node's histogram loses what matters most here: a sample that is due when the
 * histogram is reset, as it is when a heartbeat came while the process was busy (seen with 20.20).
 */

const RESOLUTION_MS = 20;

/** Delays in milliseconds. */
export interface Lag {
  readonly meanLagMs: number;
  readonly maxLagMs: number;
}

export class EventLoopLag {
  /** Started at the first measurement: a process without heartbeats and stats measures nothing. */
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  #samples = 0;
  #sumMs = 0;
  #maxMs = 0;
  #sampled: Lag | undefined;

  /** Returns the lag since the previous sample. */
  sample(): Lag {
    this.#sampled = this.#measure();
    return this.#sampled;
  }

  /** Returns the last sample; without samples, the lag since the previous call. */
  current(): Lag {
    return this.#sampled ?? this.#measure();
  }

  /** Stops the timer. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #measure(): Lag {
    if (this.#timer === undefined) this.#start();
    // This call may run before the timer that is due.
    else if (performance.now() > this.#dueAt) {
      this.#recordDelay();
      this.#timer.refresh();
    }
    const lag = { meanLagMs: round(this.#sumMs / Math.max(1, this.#samples)), maxLagMs: round(this.#maxMs) };
    this.#samples = 0;
    this.#sumMs = 0;
    this.#maxMs = 0;
    return lag;
  }

  #start(): void {
    this.#timer = setInterval(() => this.#recordDelay(), RESOLUTION_MS).unref();
    this.#dueAt = performance.now() + RESOLUTION_MS;
  }

  #recordDelay(): void {
    const now = performance.now();
    const lateMs = Math.max(0, now - this.#dueAt);
    this.#dueAt = now + RESOLUTION_MS;
    this.#samples += 1;
    this.#sumMs += lateMs;
    this.#maxMs = Math.max(this.#maxMs, lateMs);
  }
}

/** Rounds to a tenth. */
function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
