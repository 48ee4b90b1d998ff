/**
 * The session start limit: how many IDENTIFYs a bot has left for the day.
 *
 * @see https://discord.com/developers/docs/events/gateway#session-start-limit-object
 */

export interface StartLimits {
  readonly total: number;
  readonly remaining: number;
  readonly resetAfterMs: number;
  /** A clock in milliseconds that never runs backwards. Only tests give another one. */
  readonly now?: (() => number) | undefined;
}

export class SessionStartLimit {
  readonly #total: number;
  readonly #periodMs: number;
  readonly #now: () => number;
  #remaining: number;
  #resetsAt: number;

  constructor({ total, remaining, resetAfterMs, now }: StartLimits) {
    this.#total = total;
    this.#periodMs = resetAfterMs;
    this.#now = now ?? (() => performance.now());
    this.#remaining = remaining;
    this.#resetsAt = this.#now() + resetAfterMs;
  }

  /** Uses up one session start, or returns `false` because none is left. */
  tryTake(): boolean {
    this.#resetIfDue();
    if (this.#remaining === 0) return false;
    this.#remaining -= 1;
    return true;
  }

  snapshot(): { readonly total: number; readonly remaining: number; readonly reset_after: number } {
    this.#resetIfDue();
    const resetAfter = Math.ceil(this.#resetsAt - this.#now());
    return { total: this.#total, remaining: this.#remaining, reset_after: resetAfter };
  }

  #resetIfDue(): void {
    if (this.#now() < this.#resetsAt) return;
    this.#remaining = this.#total;
    this.#resetsAt = this.#now() + this.#periodMs;
  }
}
