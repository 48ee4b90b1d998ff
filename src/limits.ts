/**
 * Limits: the bounds of calls, events and links, resolved once by the manager and passed on to its clusters.
 */
import { HEADER_BYTES } from './wire/frame.js';
import { MAX_NAME_BYTES } from './wire/frame-writer.js';
import type { LinkLimits } from './link/link.js';

/** Options for the bounds of a bot. Each is a positive integer and applies to every process of the bot. */
export interface LimitOptions {
  /** The largest payload of a call, a result or an event, in bytes. Defaults to 16 MiB (16 777 216). */
  readonly maxPayloadBytes?: number | undefined;
  /** How many sent bytes may wait for one process to read them. Defaults to 64 MiB (67 108 864). */
  readonly maxQueuedBytes?: number | undefined;
  /** How many calls to one cluster may be in flight at once. Defaults to 16 384. */
  readonly maxInFlight?: number | undefined;
  /** How many calls may wait for clusters that are starting, over all clusters. Defaults to 4096. */
  readonly maxWaitingCalls?: number | undefined;
}

/** Limits, resolved. */
export interface Limits {
  readonly maxPayloadBytes: number;
  readonly maxQueuedBytes: number;
  readonly maxInFlight: number;
  readonly maxWaitingCalls: number;
}

const MIB = 1024 * 1024;

/** @throws RangeError for a limit that is not a positive integer. */
export function resolveLimits(options: LimitOptions = {}): Limits {
  return {
    maxPayloadBytes: bound('maxPayloadBytes', options.maxPayloadBytes ?? 16 * MIB),
    maxQueuedBytes: bound('maxQueuedBytes', options.maxQueuedBytes ?? 64 * MIB),
    maxInFlight: bound('maxInFlight', options.maxInFlight ?? 16_384),
    maxWaitingCalls: bound('maxWaitingCalls', options.maxWaitingCalls ?? 4096),
  };
}

/** @internal Left out of the declarations: users have no links. */
export function linkLimits({ maxPayloadBytes, maxQueuedBytes }: Limits): LinkLimits {
  return { maxFrameBytes: HEADER_BYTES + 2 + MAX_NAME_BYTES + maxPayloadBytes, maxQueuedBytes };
}

function bound(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`limits.${name} must be a positive integer, got ${String(value)}`);
}
