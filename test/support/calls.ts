/**
 * Calls for tests of the rooms that know no links.
 */
import type { Call } from '../../src/ipc/client/call.js';
import type { Settlement } from '../../src/ipc/client/settlement.js';
import { jsonCodecs } from '../../src/ipc/values/value-codec.js';

export function callTo(target: number, timeoutMs = 1000, signal?: AbortSignal): Call {
  return {
    name: 'work',
    target,
    timeoutMs,
    spec: { name: 'work', timeoutMs, input: jsonCodecs.data, output: jsonCodecs.result },
    signal,
    wait: true,
    body: '{}',
    layout: 0,
    isKept: false,
  };
}

export function answered(value: unknown): Settlement {
  return { ok: true, value };
}
