/**
 * Guild count: how many guilds a client knows, if it has a cache of them.
 */
import type { EventEmitter } from 'node:events';

/** `undefined` for a stub, and for a client that does not keep its guilds. */
export function guildCountOf(client: EventEmitter): number | undefined {
  const { guilds } = client as { readonly guilds?: { readonly cache?: { readonly size?: unknown } } };
  const size = guilds?.cache?.size;
  return typeof size === 'number' ? size : undefined;
}
