/**
 * Thenables: values that can be awaited, also those of other promise libraries.
 */

/** Whether `value` has a `then` method. Never throws, although reading `then` may. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  try {
    return typeof (value as { then?: unknown }).then === 'function';
  } catch {
    return false;
  }
}
