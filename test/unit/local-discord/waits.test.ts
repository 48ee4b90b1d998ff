import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type IdentifyRefusal, LocalDiscordEmitter } from '../../../src/testing/local-discord/events.js';
import { waitForEvent } from '../../../src/testing/local-discord/event-wait.js';
import { Waits } from '../../../src/testing/local-discord/waits.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('Waits', () => {
  it('ends a wait at its deadline, with its message', async () => {
    const waits = new Waits();
    const failure = expect(waits.open(50, 'no tea').promise).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'no tea',
    });

    await vi.advanceTimersByTimeAsync(50);

    await failure;
    expect([waits.size, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('counts the first ending only, and says so once', async () => {
    const waits = new Waits();
    const onEnd = vi.fn<() => void>();
    const wait = waits.open<string>(50, 'no tea', onEnd);

    wait.resolve('tea');
    wait.reject(new Error('too late'));
    wait.expireIn(1, 'too late as well');

    await expect(wait.promise).resolves.toBe('tea');
    expect(onEnd).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('goes by the new deadline when it was moved', async () => {
    const wait = new Waits().open<string>(50, 'first');
    const failure = expect(wait.promise).rejects.toThrow('second');

    wait.expireIn(500, 'second');
    await vi.advanceTimersByTimeAsync(499);
    const timersBefore = vi.getTimerCount();
    await vi.advanceTimersByTimeAsync(1);

    await failure;
    expect(timersBefore).toBe(1);
  });

  it('rejects all that are open at once, and leaves no timer', async () => {
    const waits = new Waits();
    const failures = [waits.open(50, 'a'), waits.open(50, 'b')].map((wait) =>
      expect(wait.promise).rejects.toThrow('closed'),
    );

    waits.rejectAll(new Error('closed'));

    await Promise.all(failures);
    expect([waits.size, vi.getTimerCount()]).toEqual([0, 0]);
  });
});

const ofShard1 = (payload: IdentifyRefusal) => (payload.shardId === 1 ? payload : undefined);
const broken = () => {
  throw new Error('bad predicate');
};

describe('waitForEvent', () => {
  const refusal = { shardId: 1, numShards: 2, closeCode: undefined, reason: '' };

  it('passes over events that are not meant, and stops listening', async () => {
    const [emitter, waits] = [new LocalDiscordEmitter(), new Waits()];
    const found = waitForEvent(
      { emitter, waits },
      { on: ['identifyRefused'], pick: ofShard1, timeoutMs: 50, what: 'x' },
    );

    emitter.emit('identifyRefused', { ...refusal, shardId: 0 });
    emitter.emit('identifyRefused', refusal);

    await expect(found).resolves.toBe(refusal);
    expect(emitter.listenerCount('identifyRefused')).toBe(0);
  });

  it('ends with the error of a predicate that throws, and the emitter goes on', async () => {
    const [emitter, waits] = [new LocalDiscordEmitter(), new Waits()];
    const found = waitForEvent(
      { emitter, waits },
      { on: ['identifyRefused'], pick: broken, timeoutMs: 50, what: 'x' },
    );
    const failure = expect(found).rejects.toThrow('bad predicate');

    expect(() => emitter.emit('identifyRefused', refusal)).not.toThrow();

    await failure;
  });
});
