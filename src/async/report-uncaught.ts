/**
 * Uncaught errors: reports an error of user code without interrupting the operation that met it.
 */

/** Throws `error` one turn later, so that it is an uncaught exception, as from any other callback. */
export function reportUncaught(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}
