import { describe, expect, it } from 'vitest';
import { Peer } from '../../../src/router/peer.js';
import { WaitingCalls } from '../../../src/router/waiting-calls.js';
import type { WaitingCall } from '../../../src/router/waiting-calls.js';
import { ArrivedFrame } from '../../../src/wire/arrived-frame.js';
import { emptyHeader, Kind } from '../../../src/wire/frame.js';

const caller = new Peer(0, { peers: [] });

function call(name: string, bytes = 0): WaitingCall {
  const frame = new ArrivedFrame(emptyHeader(Kind.request), Buffer.alloc(bytes));
  return { caller, target: undefined, name, frame, since: 0 };
}

describe('WaitingCalls', () => {
  it('removes the calls that match, in the order in which they came, and keeps the rest', () => {
    const waiting = new WaitingCalls(10, 1000);
    for (const name of ['a', 'b', 'c', 'd']) waiting.add(call(name));

    const first = waiting.remove(({ name }) => name === 'd' || name === 'b');
    const second = waiting.remove(() => true);

    expect([first, second].map((calls) => calls.map(({ name }) => name))).toEqual([
      ['b', 'd'],
      ['a', 'c'],
    ]);
    expect(waiting.size).toBe(0);
  });

  it('accepts calls up to its limit', () => {
    const waiting = new WaitingCalls(2, 1000);

    const accepted = ['a', 'b', 'c'].map((name) => waiting.add(call(name)));

    expect([accepted, waiting.size]).toEqual([[true, true, false], 2]);
  });

  it('accepts bytes up to its limit, and has room again for those that were removed', () => {
    const waiting = new WaitingCalls(10, 100);

    const accepted = [waiting.add(call('a', 60)), waiting.add(call('b', 41)), waiting.add(call('c', 40))];
    waiting.remove(({ name }) => name === 'a');
    accepted.push(waiting.add(call('d', 61)), waiting.add(call('e', 60)));

    expect(accepted).toEqual([true, false, true, false, true]);
  });
});
