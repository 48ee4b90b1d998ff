/**
 * Calls and settlements for tests without links.
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
    shouldWait: true,
    body: '{}',
    rowId: 0,
    isBodyKept: false,
  };
}

export function answered(value: unknown): Settlement {
  return { ok: true, value };
}
