/**
 * Rejected promise: for functions that return promises but, for speed, are not `async`.
 */

/** Returns a promise that is rejected with exactly this value, which need not be an error. */
export async function rejectedPromise(error: unknown): Promise<never> {
  throw error;
}
