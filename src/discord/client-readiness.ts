/**
 * Client readiness: whether a client is ready, and a callback for when it becomes ready.
 */
import type { EventEmitter } from 'node:events';

/** discord.js' event since 14.22; it warns of listeners of the old name, `ready`. */
const READY_EVENT = 'clientReady';

/** A client without `isReady` (a stub) counts as ready. */
export function isClientReady(client: EventEmitter): boolean {
  const { isReady } = client as { isReady?: unknown };
  return typeof isReady !== 'function' || Boolean(Reflect.apply(isReady, client, []));
}

/** Calls back once, when the client is ready; immediately if it is ready already. */
export function onceClientReady(client: EventEmitter, callback: () => void): void {
  if (isClientReady(client)) callback();
  else client.once(READY_EVENT, callback);
}
