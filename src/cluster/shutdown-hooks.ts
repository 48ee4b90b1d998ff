/**
 * Shutdown hooks: functions of the bot that run before its process ends.
 */

/** Runs before the process ends. A promise that it returns is awaited, at most for the manager's `shutdownTimeout`. */
export type ShutdownHook = () => unknown;

export class ShutdownHooks {
  readonly #hooks = new Set<ShutdownHook>();

  /** Returns a function that removes the hook. */
  add(hook: ShutdownHook): () => void {
    if (typeof hook !== 'function')
      throw new TypeError(`A shutdown hook must be a function, got ${typeof hook}`);
    this.#hooks.add(hook);
    return () => void this.#hooks.delete(hook);
  }

  /** Runs all hooks concurrently and waits for all of them, whether or not some fail. */
  async run(onError: (error: unknown) => void): Promise<void> {
    await Promise.all([...this.#hooks].map((hook) => settle(hook, onError)));
  }
}

async function settle(hook: ShutdownHook, onError: (error: unknown) => void): Promise<void> {
  try {
    await hook();
  } catch (error) {
    onError(error);
  }
}
