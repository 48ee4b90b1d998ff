import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AckWaiters } from '../../../src/ipc/events/ack-waiters.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('AckWaiters', () => {
  it('ends when as many as expected have acknowledged, and leaves no timer', async () => {
    const waiters = new AckWaiters();
    const { id, acked } = waiters.open(2, 1000);

    waiters.onAck(id, 3);
    waiters.onAck(id, 0);

    await expect(acked).resolves.toEqual(new Set([3, 0]));
    expect([waiters.size, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('counts each cluster once', async () => {
    const waiters = new AckWaiters();
    const { id, acked } = waiters.open(2, 50);

    waiters.onAck(id, 3);
    waiters.onAck(id, 3);
    await vi.advanceTimersByTimeAsync(50);

    await expect(acked).resolves.toEqual(new Set([3]));
  });

  it('ends at the deadline with those that came', async () => {
    const waiters = new AckWaiters();
    const { acked } = waiters.open(2, 50);

    await vi.advanceTimersByTimeAsync(49);
    const open = waiters.size;
    await vi.advanceTimersByTimeAsync(1);

    await expect(acked).resolves.toEqual(new Set());
    expect([open, waiters.size]).toEqual([1, 0]);
  });

  it('drops an acknowledgement that comes too late, and one for which no waiter is open', async () => {
    const waiters = new AckWaiters();
    const { id, acked } = waiters.open(1, 1000);

    waiters.onAck(id, 1);
    waiters.onAck(id, 2);
    waiters.onAck(99, 2);

    await expect(acked).resolves.toEqual(new Set([1]));
  });

  it('does not mix up two broadcasts', async () => {
    const waiters = new AckWaiters();
    const one = waiters.open(1, 1000);
    const other = waiters.open(1, 1000);

    waiters.onAck(other.id, 7);
    waiters.onAck(one.id, 8);

    await expect(Promise.all([one.acked, other.acked])).resolves.toEqual([new Set([8]), new Set([7])]);
  });

  it('ends all with those that came, once no more can come', async () => {
    const waiters = new AckWaiters();
    const one = waiters.open(2, 1000);
    const other = waiters.open(2, 1000);
    waiters.onAck(one.id, 5);

    waiters.finishAll();

    await expect(Promise.all([one.acked, other.acked])).resolves.toEqual([new Set([5]), new Set()]);
    expect([waiters.size, vi.getTimerCount()]).toEqual([0, 0]);
  });
});
