/**
 * Signals: what a manager's process does about SIGINT and SIGTERM.
 *
 * The first SIGINT or SIGTERM shuts the bot down, then the process ends with exit code 0, which service managers
 * read as an intended stop. A second signal ends the process at once, with the exit code that a shell would give.
 */

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof SIGNALS;

/** npm, tsx and others forward a signal that the terminal has sent to this process already: that is no second signal. */
const SAME_SIGNAL_MS = 300;

export interface SignalsDeps {
  shutdown(signal: Signal): Promise<void>;
  /** Kills all clusters. */
  killAll(): void;
  exit(code: number): void;
}

export class Signals {
  readonly #deps: SignalsDeps;
  #firstAt: number | undefined;
  readonly #listeners = (Object.keys(SIGNALS) as Signal[]).map(
    (signal) => [signal, () => this.#onSignal(signal)] as const,
  );

  constructor(acts: SignalsDeps) {
    this.#deps = acts;
  }

  listen(): void {
    for (const [signal, listener] of this.#listeners) process.on(signal, listener);
  }

  close(): void {
    for (const [signal, listener] of this.#listeners) process.off(signal, listener);
  }

  #onSignal(signal: Signal): void {
    const now = performance.now();
    if (this.#firstAt === undefined) {
      this.#firstAt = now;
      void this.#end(signal);
    } else if (now - this.#firstAt >= SAME_SIGNAL_MS) {
      this.#deps.killAll();
      this.#deps.exit(SIGNALS[signal]);
    }
  }

  async #end(signal: Signal): Promise<void> {
    // Another listener has something to finish as well, and ends the process when that is done.
    const isShared = process.listenerCount(signal) > 1;
    await this.#deps.shutdown(signal);
    if (!isShared) this.#deps.exit(0);
  }
}
