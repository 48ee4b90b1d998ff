/**
 * Signals: what a manager's process does when it is told to end.
 *
 * The first SIGINT or SIGTERM shuts the bot down, then the process ends with exit code 0, which service managers take
 * for what it is: a stop that was asked for. A second one ends it at once, with the code that a shell would give.
 */

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof SIGNALS;

/** npm, tsx and others pass a signal on that the terminal has sent us already: that is no second one. */
const SAME_SIGNAL_MS = 300;

export interface SignalActs {
  shutdown(signal: Signal): Promise<void>;
  /** Ends every child without asking. */
  force(): void;
  exit(code: number): void;
}

export class Signals {
  readonly #acts: SignalActs;
  #firstAt: number | undefined;
  readonly #listeners = (Object.keys(SIGNALS) as Signal[]).map(
    (signal) => [signal, () => this.#received(signal)] as const,
  );

  constructor(acts: SignalActs) {
    this.#acts = acts;
  }

  listen(): void {
    for (const [signal, listener] of this.#listeners) process.on(signal, listener);
  }

  close(): void {
    for (const [signal, listener] of this.#listeners) process.off(signal, listener);
  }

  #received(signal: Signal): void {
    const now = performance.now();
    if (this.#firstAt === undefined) {
      this.#firstAt = now;
      void this.#end(signal);
    } else if (now - this.#firstAt >= SAME_SIGNAL_MS) {
      this.#acts.force();
      this.#acts.exit(SIGNALS[signal]);
    }
  }

  async #end(signal: Signal): Promise<void> {
    // Whoever listens as well has something to do of their own, and ends the process when it is done.
    const isShared = process.listenerCount(signal) > 1;
    await this.#acts.shutdown(signal);
    if (!isShared) this.#acts.exit(0);
  }
}
