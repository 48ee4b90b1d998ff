/**
 * Sleep: a pause that a signal can end.
 *
 * Node's timer is loaded on first use: a process that is starting does not need it, and importing one of Node's modules
 * costs memory for all of its exports.
 *
 * @throws AbortError when the signal ends the pause.
 */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const { setTimeout } = process.getBuiltinModule('node:timers/promises');
  return setTimeout(ms, undefined, signal === undefined ? {} : { signal });
}
