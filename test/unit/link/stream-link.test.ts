import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Socket } from 'node:net';
import { StreamLink } from '../../../src/link/stream-link.js';
import { writeNowTo } from '../../../src/link/write-now.js';
import { Kind } from '../../../src/wire/frame.js';
import { bytesOf, headerOf } from '../../support/frames.js';
import { recordingListener } from '../../support/recording-listener.js';
import { socketPair } from '../../support/socket-pair.js';
import { turn, turnUntil } from '../../support/turns.js';
import { describeLink } from './conformance.js';

const limits = { maxFrameBytes: 1024 * 1024, maxQueuedBytes: 64 * 1024 };

describeLink('StreamLink that writes to the descriptor itself', async (pairLimits) => {
  const [near, far] = await socketPair();
  const write = vi.fn(writeNowTo(near));
  return {
    left: new StreamLink(near, pairLimits, write),
    right: new StreamLink(far, pairLimits),
    writes: () => write.mock.calls.length,
    dispose() {
      near.destroy();
      far.destroy();
    },
  };
});

describeLink('StreamLink over a stream without a known descriptor', async (pairLimits) => {
  const [near, far] = await socketPair();
  const write = vi.spyOn(near, 'write');
  return {
    left: new StreamLink(near, pairLimits, () => 0),
    right: new StreamLink(far, pairLimits),
    writes: () => write.mock.calls.length,
    dispose() {
      near.destroy();
      far.destroy();
    },
  };
});

describe('StreamLink', () => {
  let near: Socket;
  let far: Socket;
  beforeEach(async () => {
    [near, far] = await socketPair();
  });
  afterEach(() => {
    near.destroy();
    far.destroy();
  });

  it('reads frames however the stream cuts and joins them', async () => {
    const listener = recordingListener();
    new StreamLink(far, limits).listen(listener);
    const bytes = bytesOf(
      { kind: Kind.event, inlineName: 'n', body: '1' },
      { kind: Kind.ack },
      { kind: Kind.ack },
    );

    for (const byte of bytes) {
      near.write(Buffer.of(byte));
      await turn();
    }
    await turnUntil(() => listener.frames.length === 3, 'the arrival of three frames');

    expect(listener.frames[0]).toMatchObject({ inlineName: 'n', text: '1' });
  });

  it('ends when the other side dies, also in the middle of a frame', async () => {
    const listener = recordingListener();
    new StreamLink(far, limits).listen(listener);

    near.write(bytesOf({ kind: Kind.event, body: '1' }).subarray(0, 10));
    near.destroy();
    await turnUntil(() => listener.ends.length > 0, 'the end of the link');

    expect([listener.frames, listener.ends]).toEqual([[], [{ by: 'peer' }]]);
  });

  it('still reads what the other side sent before its end, though a write to it fails first', async () => {
    const listener = recordingListener();
    const link = new StreamLink(far, limits);
    near.write(bytesOf({ kind: Kind.result, correlation: 1, body: '"last words"' }));
    // It leaves without having read, as a process does that exits.
    link.send(headerOf({ kind: Kind.request }), undefined, undefined);
    await link.flushed();
    await new Promise((resolve) => {
      near.once('close', resolve);
      near.destroy();
    });

    link.send(headerOf({ kind: Kind.request }), undefined, undefined);
    await link.flushed();
    link.listen(listener);
    await turnUntil(() => listener.ends.length > 0, 'the end of the link');

    expect(listener.frames).toMatchObject([{ kind: Kind.result, text: '"last words"' }]);
    expect(listener.ends).toEqual([{ by: 'peer' }]);
  });

  it('has written at the end of the tick, so that a process that exits then loses nothing', async () => {
    const listener = recordingListener();
    new StreamLink(far, limits).listen(listener);
    const streamed = vi.spyOn(near, 'write');
    const link = new StreamLink(near, limits);

    link.send(headerOf({ kind: Kind.result, correlation: 7 }), undefined, undefined);
    await Promise.resolve();
    await new Promise((resolve) => {
      process.nextTick(resolve);
    });
    const waiting = link.queuedBytes;
    near.destroy();
    await turnUntil(() => listener.ends.length > 0, 'the end of the link');

    expect([waiting, streamed.mock.calls.length]).toEqual([0, 0]);
    expect(listener.frames).toMatchObject([{ correlation: 7 }]);
  });

  it('writes nothing to a descriptor that it had once', async () => {
    const write = writeNowTo(near);

    near.destroy();

    expect(write(Buffer.from('x'))).toBe(0);
  });

  it('does not keep bytes for a side that is gone', async () => {
    const link = new StreamLink(far, limits);
    const listener = recordingListener();
    link.listen(listener);
    near.destroy();
    await turnUntil(() => listener.ends.length > 0, 'the end of the link');

    link.send(headerOf({ kind: Kind.result }), undefined, Buffer.alloc(100_000));

    expect([link.queuedBytes, link.full]).toEqual([0, false]);
  });
});
