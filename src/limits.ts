/**
 * Limits: every bound of the core in one place, resolved once by the manager and told to its clusters.
 */
import { HEADER_BYTES } from './wire/frame.js';
import { MAX_NAME_BYTES } from './wire/frame-writer.js';
import type { LinkLimits } from './link/link.js';

export interface LimitOptions {
  /** The largest payload of a call, a result or an event, in bytes. Defaults to 16 MiB. */
  readonly maxPayloadBytes?: number | undefined;
  /** How much may wait on one link for the other side to read, in bytes. Defaults to 64 MiB. */
  readonly maxQueuedBytes?: number | undefined;
  /** How many calls may be in flight to one cluster. Defaults to 16 384. */
  readonly maxInFlight?: number | undefined;
  /** How many calls may wait for clusters that are starting. Defaults to 4096. */
  readonly maxWaitingCalls?: number | undefined;
}

export interface Limits {
  readonly maxPayloadBytes: number;
  readonly maxQueuedBytes: number;
  readonly maxInFlight: number;
  readonly maxWaitingCalls: number;
}

const MIB = 1024 * 1024;

/** @throws RangeError for a bound that is not a positive whole number. */
export function resolveLimits(options: LimitOptions = {}): Limits {
  return {
    maxPayloadBytes: bound('maxPayloadBytes', options.maxPayloadBytes ?? 16 * MIB),
    maxQueuedBytes: bound('maxQueuedBytes', options.maxQueuedBytes ?? 64 * MIB),
    maxInFlight: bound('maxInFlight', options.maxInFlight ?? 16_384),
    maxWaitingCalls: bound('maxWaitingCalls', options.maxWaitingCalls ?? 4096),
  };
}

export function linkLimits({ maxPayloadBytes, maxQueuedBytes }: Limits): LinkLimits {
  return { maxFrameBytes: HEADER_BYTES + 2 + MAX_NAME_BYTES + maxPayloadBytes, maxQueuedBytes };
}

function bound(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`limits.${name} must be a positive whole number, got ${String(value)}`);
}
