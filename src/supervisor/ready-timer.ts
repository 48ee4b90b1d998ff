/**
 * Ready timer: how long a starting cluster may still take, without the time in which it waits for its turn to identify.
 */
export class ReadyTimer {
  readonly #onExpired: () => void;
  #timer: NodeJS.Timeout | undefined;
  #leftMs = 0;
  #since = 0;
  #isPaused = false;

  constructor(onExpired: () => void) {
    this.#onExpired = onExpired;
  }

  start(ms: number): void {
    this.stop();
    this.#leftMs = ms;
    this.#run();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isPaused = false;
  }

  /** Time from now on does not count. */
  pause(): void {
    if (this.#timer === undefined) return;
    this.#leftMs -= performance.now() - this.#since;
    this.stop();
    this.#isPaused = true;
  }

  resume(): void {
    if (this.#isPaused) this.#run();
  }

  #run(): void {
    this.#isPaused = false;
    this.#since = performance.now();
    this.#timer = setTimeout(this.#onExpired, Math.max(1, this.#leftMs));
  }
}
