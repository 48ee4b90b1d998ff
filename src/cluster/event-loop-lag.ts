/**
 * Event-loop lag: how late this process runs what is due.
 *
 * Measured by a timer of our own. Node's histogram loses what matters most here: a sample that is due when the
 * histogram is reset, as it is when a heartbeat came while the process was busy (seen with 20.20).
 */

const RESOLUTION_MS = 20;

/** In milliseconds. */
export interface Lag {
  readonly meanLagMs: number;
  readonly maxLagMs: number;
}

export class EventLoopLag {
  /** Started when first asked: a process that nobody watches measures nothing. */
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  #samples = 0;
  #sumMs = 0;
  #maxMs = 0;
  #taken: Lag | undefined;

  /** Since the last time it was taken. */
  take(): Lag {
    this.#taken = this.#measure();
    return this.#taken;
  }

  /** As it was last taken; where nobody takes it, since the last look. */
  look(): Lag {
    return this.#taken ?? this.#measure();
  }

  /** Nothing is measured any more. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #measure(): Lag {
    if (this.#timer === undefined) this.#start();
    // Whoever asks may have been let in before the timer that is due.
    else if (performance.now() > this.#dueAt) {
      this.#sample();
      this.#timer.refresh();
    }
    const lag = { meanLagMs: round(this.#sumMs / Math.max(1, this.#samples)), maxLagMs: round(this.#maxMs) };
    this.#samples = 0;
    this.#sumMs = 0;
    this.#maxMs = 0;
    return lag;
  }

  #start(): void {
    this.#timer = setInterval(() => this.#sample(), RESOLUTION_MS).unref();
    this.#dueAt = performance.now() + RESOLUTION_MS;
  }

  #sample(): void {
    const now = performance.now();
    const lateMs = Math.max(0, now - this.#dueAt);
    this.#dueAt = now + RESOLUTION_MS;
    this.#samples += 1;
    this.#sumMs += lateMs;
    this.#maxMs = Math.max(this.#maxMs, lateMs);
  }
}

/** To a tenth. */
function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
