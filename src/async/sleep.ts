/**
 * Sleep: a pause that a signal can end.
 *
 * Node's own, not imported: a process that only starts has no use for it, and each import of one of Node's modules
 * costs memory for all that it exports.
 *
 * @throws AbortError when the signal ends it.
 */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const { setTimeout } = process.getBuiltinModule('node:timers/promises');
  return setTimeout(ms, undefined, signal === undefined ? {} : { signal });
}
