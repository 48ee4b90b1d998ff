/**
 * Rejections: what a function that is not `async`, for speed, returns where it would have thrown.
 */

/** A rejected promise of the very value: what was thrown need not be an error. */
export async function rejectedPromise(error: unknown): Promise<never> {
  throw error;
}
