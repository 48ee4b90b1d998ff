/**
 * Where the gateway is, and how many sessions may be started.
 */
import type { SessionStartLimit } from '../gateway/session-start-limit.js';
import type { Route } from './router.js';

export interface GatewayFacts {
  readonly url: string;
  readonly maxConcurrency: number;
  readonly startLimit: SessionStartLimit;
  /** How many shards to recommend, now. */
  readonly shards: () => number;
}

export function gatewayRoutes({ url, maxConcurrency, startLimit, shards }: GatewayFacts): Route[] {
  const limits = (): object => ({ ...startLimit.snapshot(), max_concurrency: maxConcurrency });
  return [
    {
      method: 'GET',
      pattern: '/gateway',
      auth: 'none',
      handle: () => ({ status: 200, body: { url } }),
    },
    {
      method: 'GET',
      pattern: '/gateway/bot',
      auth: 'bot',
      handle: () => ({ status: 200, body: { url, shards: shards(), session_start_limit: limits() } }),
    },
  ];
}
