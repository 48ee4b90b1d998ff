/**
 * Throw later: an error of the user's that must not leave half done what is being done.
 */

/** Throws one turn later, where nobody catches it: as it would come from any other callback. */
export function reportUncaught(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}
