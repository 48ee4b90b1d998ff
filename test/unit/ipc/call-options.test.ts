import { describe, expect, it } from 'vitest';
import { resolveCallOptions } from '../../../src/ipc/client/call-options.js';
import type { CallOptions } from '../../../src/ipc/client/call-options.js';

const DEFAULT_MS = 30_000;

describe('resolveCallOptions', () => {
  it.each([undefined, {}, { timeout: undefined, signal: undefined, whenNotReady: undefined }])(
    'takes the defaults for %j',
    (options) => {
      expect(resolveCallOptions(options, DEFAULT_MS)).toEqual({
        timeoutMs: DEFAULT_MS,
        signal: undefined,
        shouldWait: true,
      });
    },
  );

  it('takes a number for a timeout', () => {
    expect(resolveCallOptions(5000, DEFAULT_MS)).toEqual({
      timeoutMs: 5000,
      signal: undefined,
      shouldWait: true,
    });
  });

  it('takes all three by name', () => {
    const { signal } = new AbortController();

    const resolved = resolveCallOptions({ timeout: 5, signal, whenNotReady: 'fail' }, DEFAULT_MS);

    expect(resolved).toEqual({ timeoutMs: 5, signal, shouldWait: false });
  });

  it.each([1, 2_147_483_647])('takes the bound %d', (timeout) => {
    expect(resolveCallOptions(timeout, DEFAULT_MS).timeoutMs).toBe(timeout);
  });

  it('rounds parts of a millisecond up: a timer that fires early would break the promise', () => {
    expect(resolveCallOptions(1.2, DEFAULT_MS).timeoutMs).toBe(2);
  });

  it.each([0, -1, 0.5, 2_147_483_648, Number.NaN, Number.POSITIVE_INFINITY, '5', true, 5n])(
    'refuses %s as a timeout',
    (timeout) => {
      expect(() => resolveCallOptions({ timeout } as CallOptions, DEFAULT_MS)).toThrow(RangeError);
      expect(() => resolveCallOptions(timeout as number, DEFAULT_MS)).toThrow(/from 1 to 2147483647/);
    },
  );

  it('refuses an unknown word for what to do meanwhile', () => {
    const options = { whenNotReady: 'maybe' } as unknown as CallOptions;

    expect(() => resolveCallOptions(options, DEFAULT_MS)).toThrow(
      "whenNotReady must be 'wait' or 'fail', got maybe",
    );
  });

  it('refuses a signal that is none, before anything is opened for it', () => {
    const options = { signal: {} } as unknown as CallOptions;

    expect(() => resolveCallOptions(options, DEFAULT_MS)).toThrow('signal must be an AbortSignal');
  });
});
