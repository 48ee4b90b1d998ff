/**
 * Shutdown hooks: what a bot wants done before its process ends.
 */

/** Done before the process ends; may take until the manager's `shutdownTimeout`. */
export type ShutdownHook = () => unknown;

export class ShutdownHooks {
  readonly #hooks = new Set<ShutdownHook>();

  /** Returns what takes the hook back. */
  add(hook: ShutdownHook): () => void {
    if (typeof hook !== 'function') throw new TypeError('A shutdown hook must be a function');
    this.#hooks.add(hook);
    return () => void this.#hooks.delete(hook);
  }

  /** Runs all of them at once and waits for all. One that fails keeps no other from ending. */
  async run(failed: (error: unknown) => void): Promise<void> {
    await Promise.all([...this.#hooks].map((hook) => settle(hook, failed)));
  }
}

async function settle(hook: ShutdownHook, failed: (error: unknown) => void): Promise<void> {
  try {
    await hook();
  } catch (error) {
    failed(error);
  }
}
