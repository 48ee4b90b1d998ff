/**
 * Heartbeat: finds out which clusters' event loops have stopped turning.
 *
 * One sweep for all: it asks each cluster, and looks who has not answered for too long. Only the manager's own
 * clock counts, and only time in which the manager itself was there to listen: a sweep that comes late (the
 * manager was suspended, or busy) takes its lateness off everybody's silence.
 */
import { checkedMs } from '../async/checked-ms.js';

export interface HeartbeatOptions {
  /** How often each cluster is asked, in milliseconds. Defaults to 5000. */
  readonly interval?: number | undefined;
  /** How long a cluster may not answer before it is killed, in milliseconds. Defaults to 30 000. */
  readonly timeout?: number | undefined;
}

export interface HeartbeatSettings {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** @throws RangeError for a number that makes no sense. */
export function resolveHeartbeat(option: HeartbeatOptions | false = {}): HeartbeatSettings | undefined {
  if (option === false) return undefined;
  const intervalMs = checkedMs('heartbeat.interval', option.interval ?? 5000);
  const timeoutMs = checkedMs('heartbeat.timeout', option.timeout ?? 30_000);
  if (intervalMs === 0 || timeoutMs < intervalMs) {
    throw new RangeError(
      `heartbeat.timeout (${timeoutMs}) must be at least heartbeat.interval (${intervalMs}), and that at least 1.`,
    );
  }
  return { intervalMs, timeoutMs };
}

/** What a heartbeat does to those it watches. */
export interface HeartbeatListener<Watched> {
  ping(watched: Watched): void;
  /** Told once; nobody is asked any more. */
  onSilent(watched: Watched, forMs: number): void;
}

export class Heartbeat<Watched> {
  readonly #settings: HeartbeatSettings;
  readonly #listener: HeartbeatListener<Watched>;
  readonly #now: () => number;
  /** Since when an answer is owed; `undefined`: none is. */
  readonly #owedSince = new Map<Watched, number | undefined>();
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;

  /** @param now - A clock that only goes forward, in milliseconds; a test gives its own. */
  constructor(settings: HeartbeatSettings, acts: HeartbeatListener<Watched>, now = () => performance.now()) {
    this.#settings = settings;
    this.#listener = acts;
    this.#now = now;
  }

  watch(watched: Watched): void {
    this.#owedSince.set(watched, undefined);
    if (this.#timer === undefined) this.#schedule();
  }

  /** Nothing happens if it is not watched. */
  forget(watched: Watched): void {
    this.#owedSince.delete(watched);
    if (this.#owedSince.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** It has answered. */
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
    // Whoever is silent is forgotten on the way; a map's iteration stands that.
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
