/**
 * Heartbeat: detects clusters whose event loop has stopped turning.
 *
 * One sweep for all: it pings each cluster, and finds those that have not answered for too long. Only the manager's own
 * clock counts, and only time in which the manager itself was there to listen: a sweep that comes late (the
 * manager was suspended, or busy) takes its lateness off everybody's silence.
 */
import { checkedMs } from '../async/checked-ms.js';

/** Options for detecting frozen clusters. */
export interface HeartbeatOptions {
  /** How often each cluster is pinged, in milliseconds. Defaults to 5000. */
  readonly interval?: number | undefined;
  /** How long a cluster may stay silent before it is killed, in milliseconds. Defaults to 30 000. */
  readonly timeout?: number | undefined;
}

export interface HeartbeatSettings {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** Returns the settings; `undefined` for `false`. @throws RangeError for an invalid number. */
export function resolveHeartbeat(option: HeartbeatOptions | false = {}): HeartbeatSettings | undefined {
  if (option === false) return undefined;
  const intervalMs = checkedMs('heartbeat.interval', option.interval ?? 5000);
  const timeoutMs = checkedMs('heartbeat.timeout', option.timeout ?? 30_000);
  if (intervalMs === 0 || timeoutMs < intervalMs) {
    throw new RangeError(
      `heartbeat.timeout (${timeoutMs}) must be at least heartbeat.interval (${intervalMs}), which must be at least 1.`,
    );
  }
  return { intervalMs, timeoutMs };
}

/** @typeParam Watched - A cluster. */
export interface HeartbeatListener<Watched> {
  ping(watched: Watched): void;
  /** Called once for a silent cluster, which is not watched from then on. */
  onSilent(watched: Watched, forMs: number): void;
}

export class Heartbeat<Watched> {
  readonly #settings: HeartbeatSettings;
  readonly #listener: HeartbeatListener<Watched>;
  readonly #now: () => number;
  /** Since when each cluster owes an answer; `undefined`: it owes none. */
  readonly #owedSince = new Map<Watched, number | undefined>();
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;

  /** @param now - A clock that only goes forward, in milliseconds; tests pass their own. */
  constructor(
    settings: HeartbeatSettings,
    listener: HeartbeatListener<Watched>,
    now = () => performance.now(),
  ) {
    this.#settings = settings;
    this.#listener = listener;
    this.#now = now;
  }

  watch(watched: Watched): void {
    this.#owedSince.set(watched, undefined);
    if (this.#timer === undefined) this.#schedule();
  }

  /** Does nothing for a cluster that is not watched. */
  forget(watched: Watched): void {
    this.#owedSince.delete(watched);
    if (this.#owedSince.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  onPong(watched: Watched): void {
    if (this.#owedSince.has(watched)) this.#owedSince.set(watched, undefined);
  }

  #schedule(): void {
    this.#dueAt = this.#now() + this.#settings.intervalMs;
    this.#timer = setTimeout(() => this.#sweep(), this.#settings.intervalMs);
  }

  #sweep(): void {
    const now = this.#now();
    const lateMs = Math.max(0, now - this.#dueAt);
    this.#schedule();
    // A silent cluster is deleted during the iteration, which a map allows.
    for (const [watched, owedSince] of this.#owedSince) this.#check(watched, owedSince, now, lateMs);
  }

  #check(watched: Watched, owedSince: number | undefined, now: number, lateMs: number): void {
    if (owedSince === undefined) {
      this.#owedSince.set(watched, now);
      this.#listener.ping(watched);
      return;
    }
    const since = owedSince + lateMs;
    this.#owedSince.set(watched, since);
    if (now - since < this.#settings.timeoutMs) return;
    this.forget(watched);
    this.#listener.onSilent(watched, now - since);
  }
}
