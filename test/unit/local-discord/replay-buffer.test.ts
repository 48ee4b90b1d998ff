import { describe, expect, it } from 'vitest';
import { ReplayBuffer } from '../../../src/testing/local-discord/gateway/replay-buffer.js';
import { leavesSession } from '../../../src/testing/local-discord/gateway/protocol.js';

function filled(capacity: number, count: number): ReplayBuffer {
  const buffer = new ReplayBuffer(capacity);
  for (let s = 1; s <= count; s++) buffer.push({ op: 0, t: 'EVENT', s, d: null });
  return buffer;
}

describe('ReplayBuffer', () => {
  it('gives back what came after a sequence number, in order', () => {
    expect(
      filled(10, 5)
        .after(2)
        ?.map(({ s }) => s),
    ).toEqual([3, 4, 5]);
    expect(filled(10, 5).after(5)).toEqual([]);
  });

  it('never gives back a part: with something lost, there is nothing to resume', () => {
    const buffer = filled(10, 1_000);

    expect(buffer.after(0)).toBeUndefined();
    expect(buffer.after(900)).toBeUndefined();
    expect(buffer.after(990)?.map(({ s }) => s)).toEqual([
      991, 992, 993, 994, 995, 996, 997, 998, 999, 1_000,
    ]);
  });
});

describe('leavesSession', () => {
  it.each([1006, 4000, 4001, 4002, 4008, 4200])('keeps the session after %i', (code) => {
    expect(leavesSession(code)).toBe(true);
  });

  it.each([1000, 1001, 4004, 4007, 4009, 4010, 4014])('ends the session with %i', (code) => {
    expect(leavesSession(code)).toBe(false);
  });
});
