/**
 * The identify limit: one IDENTIFY per bucket and window, where a shard's bucket is `shard_id % max_concurrency`.
 *
 * A refused IDENTIFY does not move the window. This is the rule that managers of many processes exist for.
 *
 * @see https://discord.com/developers/docs/events/gateway#rate-limiting
 */

export interface IdentifyLimits {
  readonly maxConcurrency: number;
  readonly windowMs: number;
  /** A clock in milliseconds that never runs backwards. Only tests give another one. */
  readonly now?: (() => number) | undefined;
}

export class IdentifyLimiter {
  readonly #maxConcurrency: number;
  readonly #windowMs: number;
  readonly #now: () => number;
  readonly #lastIdentify = new Map<number, number>();

  constructor({ maxConcurrency, windowMs, now }: IdentifyLimits) {
    this.#maxConcurrency = maxConcurrency;
    this.#windowMs = windowMs;
    this.#now = now ?? (() => performance.now());
  }

  /** Takes the place in the shard's bucket, or returns `false` because somebody has it. */
  tryTake(shardId: number): boolean {
    const bucket = shardId % this.#maxConcurrency;
    const last = this.#lastIdentify.get(bucket);
    const now = this.#now();
    if (last !== undefined && now - last < this.#windowMs) return false;

    this.#lastIdentify.set(bucket, now);
    return true;
  }
}
