import { describe, expect, it } from 'vitest';
import { Peer } from '../../../src/router/peer.js';
import { WaitingCalls } from '../../../src/router/waiting-calls.js';
import type { WaitingCall } from '../../../src/router/waiting-calls.js';
import { emptyHeader, Kind } from '../../../src/wire/frame.js';

const caller = new Peer(0, { peers: [] });

function call(name: string, bytes = 0): WaitingCall {
  return {
    header: emptyHeader(Kind.request),
    name,
    body: Buffer.alloc(bytes),
    caller,
    target: undefined,
    since: 0,
  };
}

describe('WaitingCalls', () => {
  it('lets go those that may leave, in the order in which they came, and keeps the rest', () => {
    const waiting = new WaitingCalls(10, 1000);
    for (const name of ['a', 'b', 'c', 'd']) waiting.add(call(name));

    const first = waiting.take(({ name }) => name === 'd' || name === 'b');
    const second = waiting.take(() => true);

    expect([first, second].map((calls) => calls.map(({ name }) => name))).toEqual([
      ['b', 'd'],
      ['a', 'c'],
    ]);
    expect(waiting.size).toBe(0);
  });

  it('takes as many as it may and no more', () => {
    const waiting = new WaitingCalls(2, 1000);

    const taken = ['a', 'b', 'c'].map((name) => waiting.add(call(name)));

    expect([taken, waiting.size]).toEqual([[true, true, false], 2]);
  });

  it('takes as many bytes as it may, and has room again for those that left', () => {
    const waiting = new WaitingCalls(10, 100);

    const taken = [waiting.add(call('a', 60)), waiting.add(call('b', 41)), waiting.add(call('c', 40))];
    waiting.take(({ name }) => name === 'a');
    taken.push(waiting.add(call('d', 61)), waiting.add(call('e', 60)));

    expect(taken).toEqual([true, false, true, false, true]);
  });
});
