/**
 * Calls for tests of the rooms that know no links.
 */
import type { Call, Sent } from '../../src/ipc/pending-calls.js';
import type { ResolvedCallOptions } from '../../src/ipc/call-options.js';
import type { Settlement } from '../../src/ipc/settlement.js';
import { jsonCodecs } from '../../src/ipc/value-codec.js';

export function callTo(target: number, timeoutMs = 1000): Call {
  return {
    name: 'work',
    target,
    timeoutMs,
    input: jsonCodecs.data,
    output: jsonCodecs.result,
    faults: undefined,
  };
}

export function options(timeoutMs = 1000, signal?: AbortSignal): ResolvedCallOptions {
  return { timeoutMs, signal, wait: true };
}

export function sent(body: string): Sent {
  return { body, layout: 0, options: options() };
}

export function answered(value: unknown): Settlement {
  return { ok: true, value };
}
