/**
 * Waits: promises given to a test, every one of which ends.
 *
 * A wait ends by its value, its error, its deadline, or the closing of the server, whichever is first; its timer goes
 * with it. It does not know what is being waited for.
 */
import { LocalDiscordError } from './local-discord-error.js';

type Settlement<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/** One promise with a deadline. The first ending counts, later ones do nothing. */
export class Wait<T> {
  readonly promise: Promise<T>;
  #resolve: ((value: T) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;
  readonly #onEnd: () => void;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(onEnd: () => void) {
    this.promise = new Promise<T>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#onEnd = onEnd;
  }

  resolve(value: T): void {
    this.#end({ ok: true, value });
  }

  reject(error: unknown): void {
    this.#end({ ok: false, error });
  }

  /** Sets a deadline in place of the one before. `message` is what the TIMEOUT will say. */
  expireIn(timeoutMs: number, message: string): void {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.reject(new LocalDiscordError('TIMEOUT', message)), timeoutMs);
  }

  #end(settlement: Settlement<T>): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#onEnd();
    if (settlement.ok) this.#resolve?.(settlement.value);
    else this.#reject?.(settlement.error);
  }
}

/** What all open waits have in common, whatever they wait for. */
interface Rejectable {
  reject(error: unknown): void;
}

/** All open waits of one server. */
export class Waits {
  readonly #open = new Set<Rejectable>();

  get size(): number {
    return this.#open.size;
  }

  /** Opens a wait; `onEnd` runs once, however it ends. `message` is what the TIMEOUT will say. */
  open<T>(timeoutMs: number, message: string, onEnd?: () => void): Wait<T> {
    const wait: Wait<T> = new Wait<T>(() => {
      this.#open.delete(wait);
      onEnd?.();
    });
    this.#open.add(wait);
    wait.expireIn(timeoutMs, message);
    return wait;
  }

  rejectAll(error: Error): void {
    for (const wait of this.#open) wait.reject(error);
  }
}
