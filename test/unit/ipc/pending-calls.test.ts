import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IPCError } from '../../../src/errors.js';
import { callError } from '../../../src/ipc/client/call-errors.js';
import { PendingCalls } from '../../../src/ipc/client/pending-calls.js';
import { failed } from '../../../src/ipc/client/settlement.js';
import { ALL_CLUSTERS } from '../../../src/wire/address.js';
import { answered, callTo } from '../../support/calls.js';

const giveUp = vi.fn<(id: number) => void>();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  giveUp.mockClear();
  vi.useRealTimers();
});

function makePending(): PendingCalls {
  return new PendingCalls(giveUp);
}

describe('a single call', () => {
  it('ends with its answer', async () => {
    const pending = makePending();
    const { id, answer } = pending.openSingle(callTo(1));

    const taken = pending.settle(id, 1, answered(7));

    await expect(answer).resolves.toBe(7);
    expect([taken, pending.size]).toEqual([true, 0]);
    expect(giveUp).not.toHaveBeenCalled();
  });

  it('ends with an error of any truth value', async () => {
    const pending = makePending();
    const { id, answer } = pending.openSingle(callTo(1));

    pending.settle(id, 1, failed(undefined));

    await expect(answer).rejects.toBeUndefined();
  });

  it('ends with TIMEOUT at the deadline, says so to those who work on it, and drops the late answer', async () => {
    const pending = makePending();
    const { id, answer } = pending.openSingle(callTo(3, 50));
    const failure = expect(answer).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'work -> cluster 3: no answer within 50 ms',
      handler: 'work',
      clusterId: 3,
      timeoutMs: 50,
    });

    await vi.advanceTimersByTimeAsync(49);
    const before = pending.size;
    await vi.advanceTimersByTimeAsync(1);

    await failure;
    expect([before, pending.size]).toEqual([1, 0]);
    expect(giveUp).toHaveBeenCalledExactlyOnceWith(id);
    expect(pending.settle(id, 3, answered('too late'))).toBe(false);
  });

  it('ends with CLUSTER_UNAVAILABLE at the deadline while it is queued: it never ran', async () => {
    const pending = makePending();
    const { id, answer } = pending.openSingle(callTo(3, 50));
    const failure = expect(answer).rejects.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
      message: 'work -> cluster 3: did not come up within 50 ms; the call never ran',
    });

    pending.setQueued(id, 3, true);
    await vi.advanceTimersByTimeAsync(50);

    await failure;
  });

  it('ends with TIMEOUT again once it was let go', async () => {
    const pending = makePending();
    const { id, answer } = pending.openSingle(callTo(3, 50));
    const failure = expect(answer).rejects.toMatchObject({ code: 'TIMEOUT' });

    pending.setQueued(id, 3, true);
    pending.setQueued(id, 3, false);
    await vi.advanceTimersByTimeAsync(50);

    await failure;
  });

  it('ends with CANCELLED and the reason when its signal is aborted', async () => {
    const pending = makePending();
    const controller = new AbortController();
    const { id, answer } = pending.openSingle(callTo(1, 1000, controller.signal));
    const reason = new Error('changed my mind');

    controller.abort(reason);

    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED', cause: reason });
    expect(giveUp).toHaveBeenCalledExactlyOnceWith(id);
  });

  it.each(['answer', 'deadline', 'end of the link'] as const)(
    'lets go of its signal on %s',
    async (ending) => {
      const pending = makePending();
      const { signal } = new AbortController();
      const remove = vi.spyOn(signal, 'removeEventListener');
      const { id, answer } = pending.openSingle(callTo(1, 50, signal));
      const settled = answer.catch(() => 'rejected');

      if (ending === 'answer') pending.settle(id, 1, answered(1));
      else if (ending === 'deadline') await vi.advanceTimersByTimeAsync(50);
      else pending.failAll((call) => callError(call, 'SHUTTING_DOWN'));
      await settled;

      expect(remove).toHaveBeenCalledExactlyOnceWith('abort', expect.any(Function));
    },
  );

  it('ends once when the link ends, without a word to those who worked on it', async () => {
    const pending = makePending();
    const one = pending.openSingle(callTo(1));
    const other = pending.openSingle(callTo(2));
    const failures = [one, other].map(({ answer }) => expect(answer).rejects.toBeInstanceOf(IPCError));

    pending.failAll((call) => callError(call, 'SHUTTING_DOWN'));

    await Promise.all(failures);
    expect(pending.size).toBe(0);
    expect(giveUp).not.toHaveBeenCalled();
  });

  it('knows what is left of its time, never less than a millisecond', async () => {
    const pending = makePending();
    const { id, answer } = pending.openSingle(callTo(1, 50));
    const failure = expect(answer).rejects.toMatchObject({ code: 'TIMEOUT' });

    await vi.advanceTimersByTimeAsync(30);
    const left = pending.remainingMs(id);
    await vi.advanceTimersByTimeAsync(30);

    await failure;
    expect([left, pending.remainingMs(id)]).toEqual([20, 1]);
  });

  it('asks each process again once at most', () => {
    const pending = makePending();
    const { id } = pending.openSingle(callTo(1));

    expect([1, 2, 1].map((source) => pending.markResent(id, source))).toEqual([true, true, false]);
  });

  it('says nothing about calls that are not open', () => {
    const pending = makePending();

    pending.setQueued(5, 3, true);
    pending.cancel(5, undefined);

    expect([pending.get(5), pending.markResent(5, 0), pending.settle(5, 0, answered(1))]).toEqual([
      undefined,
      false,
      false,
    ]);
    expect(giveUp).not.toHaveBeenCalled();
  });

  it('knows what was asked as long as it is open', () => {
    const pending = makePending();
    const call = callTo(1);
    const { id } = pending.openSingle(call);

    const known = pending.get(id);
    pending.settle(id, 1, answered(1));

    expect([known, pending.get(id)]).toEqual([call, undefined]);
  });
});

describe('a call to all', () => {
  it('ends when each has answered, in id order whatever came first', async () => {
    const pending = makePending();
    const { id, answer } = pending.openFanOut(callTo(ALL_CLUSTERS), [0, 1, 2]);

    pending.settle(id, 2, answered('c'));
    pending.settle(id, 0, failed('no'));
    const before = pending.size;
    pending.settle(id, 1, answered(undefined));

    const results = await answer;
    expect(before).toBe(1);
    expect([...results]).toEqual([
      { clusterId: 0, status: 'error', error: 'no' },
      { clusterId: 1, status: 'ok', data: undefined },
      { clusterId: 2, status: 'ok', data: 'c' },
    ]);
  });

  it('counts one answer of each, and none of a stranger', async () => {
    const pending = makePending();
    const { id, answer } = pending.openFanOut(callTo(ALL_CLUSTERS), [0, 1]);

    pending.settle(id, 7, answered('stranger'));
    pending.settle(id, 0, answered('first'));
    pending.settle(id, 0, answered('again'));
    pending.settle(id, 1, answered('last'));

    expect((await answer).values()).toEqual(['first', 'last']);
  });

  it('fills what is open with TIMEOUT at the deadline, each under its own id', async () => {
    const pending = makePending();
    const { id, answer } = pending.openFanOut(callTo(ALL_CLUSTERS, 50), [0, 1, 2]);
    pending.settle(id, 1, answered('here'));

    await vi.advanceTimersByTimeAsync(50);

    const results = await answer;
    expect(results.values()).toEqual(['here']);
    expect(results.errors()).toMatchObject([
      {
        clusterId: 0,
        error: { code: 'TIMEOUT', clusterId: 0, message: 'work -> cluster 0: no answer within 50 ms' },
      },
      { clusterId: 2, error: { code: 'TIMEOUT', clusterId: 2 } },
    ]);
    expect(giveUp).toHaveBeenCalledExactlyOnceWith(id);
  });

  it('resolves when it is aborted: what is open is CANCELLED', async () => {
    const pending = makePending();
    const controller = new AbortController();
    const { id, answer } = pending.openFanOut(callTo(ALL_CLUSTERS, 1000, controller.signal), [0, 1]);
    pending.settle(id, 0, answered('in time'));

    controller.abort('enough');

    const results = await answer;
    expect(results.values()).toEqual(['in time']);
    expect(results.errors()).toMatchObject([{ clusterId: 1, error: { code: 'CANCELLED', cause: 'enough' } }]);
  });
});

describe('the ids of calls', () => {
  it('differ while both are open', () => {
    const pending = makePending();

    const ids = [1, 2, 3].map(() => pending.openSingle(callTo(1)).id);

    expect(new Set(ids).size).toBe(3);
  });
});
