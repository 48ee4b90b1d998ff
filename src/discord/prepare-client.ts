/**
 * Client preparation: assigns shards to a discord.js `Client` before it logs in.
 *
 * discord.js reads `options.shards`, `options.shardCount` and `options.ws.buildIdentifyThrottler` at login
 * (`WebSocketManager#connect`, 14.x), so they can still be set after the client was made. A stub (any
 * `EventEmitter` without `login`) is left alone.
 */
import type { EventEmitter } from 'node:events';

/** Decides when a shard may identify; the shape that discord.js' `ws.buildIdentifyThrottler` returns. */
export interface IdentifyThrottler {
  waitForIdentify(shardId: number, signal: AbortSignal): Promise<void>;
}

/** A bot's session start limit, as Discord returns it; times in milliseconds. */
export interface SessionStartLimit {
  readonly max_concurrency: number;
  readonly remaining: number;
  readonly reset_after: number;
}

/** The part of discord.js' gateway manager that a throttler uses. */
export interface GatewayManager {
  fetchGatewayInformation(): Promise<{ readonly session_start_limit: SessionStartLimit }>;
}

export interface ClientPlan {
  readonly shardList: readonly number[];
  readonly totalShards: number;
  readonly buildIdentifyThrottler: (gateway: GatewayManager) => Promise<IdentifyThrottler>;
}

/** The parts of a discord.js 14 client that are read or set here. */
interface DiscordClient extends EventEmitter {
  readonly login: unknown;
  readonly options: {
    shards?: unknown;
    shardCount?: unknown;
    ws?: { buildIdentifyThrottler?: unknown };
  };
  readonly ws?: { readonly gateway?: unknown; readonly _ws?: unknown };
}

/** @throws Error when the client has logged in already, or has `shards` in its options. */
export function prepareClient(client: EventEmitter, plan: ClientPlan): void {
  if (!isDiscordClient(client)) return;
  const { options } = client;
  if (hasLoggedIn(client)) {
    throw new Error(
      'This client has already logged in: call `new ClusterClient(client)` before `client.login()`, ' +
        'so that the client knows its shards when it connects.',
    );
  }
  if (hasOwnShards(options)) {
    throw new Error(
      `This client already has shards in its options (${JSON.stringify({ shards: options.shards, shardCount: options.shardCount })}): ` +
        'remove `shards` and `shardCount`, since the manager assigns them.',
    );
  }
  options.shards = [...plan.shardList];
  options.shardCount = plan.totalShards;
  options.ws = { ...options.ws, buildIdentifyThrottler: plan.buildIdentifyThrottler };
}

function isDiscordClient(client: EventEmitter): client is DiscordClient {
  const { login, options } = client as Partial<DiscordClient>;
  return typeof login === 'function' && typeof options === 'object' && options !== null;
}

/** `_ws` is created when `login()` starts, `gateway` is set a moment later. */
function hasLoggedIn({ ws }: DiscordClient): boolean {
  return (ws?._ws ?? ws?.gateway ?? null) !== null;
}

/** discord.js sets `shards: [0], shardCount: 1` by default. */
function hasOwnShards({ shards, shardCount }: DiscordClient['options']): boolean {
  if (shards === undefined) return shardCount !== undefined && shardCount !== 1;
  const isDefault = Array.isArray(shards) && shards.length === 1 && shards[0] === 0 && shardCount === 1;
  return !isDefault;
}
