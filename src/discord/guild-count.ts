/**
 * Guild count: the number of guilds in a client's cache.
 */
import type { EventEmitter } from 'node:events';

/** Returns `undefined` for a stub, and for a client without a guild cache. */
export function guildCountOf(client: EventEmitter): number | undefined {
  const { guilds } = client as { readonly guilds?: { readonly cache?: { readonly size?: unknown } } };
  const size = guilds?.cache?.size;
  return typeof size === 'number' ? size : undefined;
}
