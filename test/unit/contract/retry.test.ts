import { describe, expect, it } from 'vitest';
import { callWithRetry } from '../../../src/contract/retry.js';
import { IPCError, RemoteError } from '../../../src/errors.js';
import type { IPCErrorCode } from '../../../src/errors.js';

/** How often a call is made that always ends like this. */
async function attemptsOf(error: Error): Promise<number> {
  let calls = 0;
  const call = callWithRetry({
    policy: { attempts: 3, backoffMs: 0 },
    timeoutMs: 1_000,
    options: {},
    attempt: () => {
      calls += 1;
      return Promise.reject(error);
    },
  });
  await expect(call).rejects.toBe(error);
  return calls;
}

describe('a call that may be made again', () => {
  it.each<IPCErrorCode>(['CLUSTER_UNAVAILABLE', 'CLUSTER_DIED', 'OVERLOADED'])(
    'is, as often as the contract says, where it ends with %s',
    async (code) => {
      expect(await attemptsOf(new IPCError(code, 'no'))).toBe(3);
    },
  );

  it.each<IPCErrorCode>(['TIMEOUT', 'CANCELLED', 'NO_HANDLER', 'INVALID_PAYLOAD', 'PAYLOAD_TOO_LARGE'])(
    'is not where it ends with %s',
    async (code) => {
      expect(await attemptsOf(new IPCError(code, 'no'))).toBe(1);
    },
  );

  it('is not where the handler threw, whatever its error says', async () => {
    const thrown = Object.assign(Object.create(RemoteError.prototype) as RemoteError, { code: 'OVERLOADED' });

    expect(await attemptsOf(thrown)).toBe(1);
    expect(await attemptsOf(Object.assign(new Error('no'), { code: 'OVERLOADED' }))).toBe(1);
  });
});
