/**
 * Conformance: what the layers above rely on, for every kind of link.
 *
 * The test of a new transport calls `describeLink` with a function that makes a connected pair. The transport is a link
 * once these tests pass.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Link, LinkLimits } from '../../../src/link/link.js';
import { ArrivedFrame } from '../../../src/wire/arrived-frame.js';
import { Kind } from '../../../src/wire/frame.js';
import { headerOf } from '../../support/frames.js';
import type { FrameSpec } from '../../support/frames.js';
import { recordingListener } from '../../support/recording-listener.js';
import { turn, turnUntil } from '../../support/turns.js';
import { keepUncaught } from '../../support/uncaught.js';

export interface LinkPair {
  readonly left: Link;
  readonly right: Link;
  /** The number of writes of `left` so far. */
  writes(): number;
  dispose(): void;
}

export type MakePair = (limits: LinkLimits) => LinkPair | Promise<LinkPair>;

const limits: LinkLimits = { maxFrameBytes: 8 * 1024 * 1024, maxQueuedBytes: 64 * 1024 };
/** More than the buffer of any pipe between processes holds. */
const FLOOD_BYTES = 4 * 1024 * 1024;

function sendTo(link: Link, ...frames: readonly FrameSpec[]): void {
  for (const frame of frames) link.send(headerOf(frame), frame.inlineName, frame.body);
}

function numbered(count: number, from = 0): FrameSpec[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: Kind.event,
    correlation: from + index,
    body: `${index}`,
  }));
}

/** No version of the protocol has this kind. */
const nonsense: FrameSpec = { kind: 200 as Kind };
/** A later version of the protocol may have this kind. */
const later: FrameSpec = { kind: 99 as Kind };

export function describeLink(name: string, makePair: MakePair): void {
  describe(name, () => {
    let pair: LinkPair;
    let left: Link;
    let right: Link;
    beforeEach(async () => {
      pair = await makePair(limits);
      ({ left, right } = pair);
    });
    afterEach(() => pair.dispose());

    /** Listens to the right end. */
    function listen(onFrame?: () => void) {
      const listener = recordingListener(onFrame);
      right.listen(listener);
      return {
        ...listener,
        until: (count: number) =>
          turnUntil(() => listener.frames.length >= count, `the arrival of ${count} frames`),
        ended: () => turnUntil(() => listener.ends.length > 0, 'the end of the link'),
      };
    }

    it('keeps the order of frames, over many ticks and sizes', async () => {
      const { frames, until } = listen();

      for (let burst = 0; burst < 20; burst += 1) {
        sendTo(left, ...numbered(25, burst * 25), { kind: Kind.result, body: 'x'.repeat(burst * 5000) });
        await turn();
      }

      await until(20 * 26);
      const numbers = frames.filter(({ kind }) => kind === Kind.event).map(({ correlation }) => correlation);
      expect(numbers).toEqual(Array.from({ length: 500 }, (_, index) => index));
    });

    it('delivers nothing within the call that sends', () => {
      const { frames } = listen();

      sendTo(left, ...numbered(1));

      expect(frames).toEqual([]);
    });

    it('sends the few frames of one tick in one write', async () => {
      const { until } = listen();

      for (const frame of numbered(12)) sendTo(left, frame);
      await until(12);

      expect(pair.writes()).toBe(1);
    });

    it('sends the first frames of a long burst before its end, in few writes', async () => {
      const { frames, until } = listen();

      for (const frame of numbered(1000)) sendTo(left, frame);
      await until(1000);

      // Over a pipe that takes all: 16, 32, 64, 128, 256, 504 frames. Where one piece waits, the rest is the next.
      expect(pair.writes()).toBeGreaterThan(1);
      expect(pair.writes()).toBeLessThan(8);
      expect(frames.map(({ text }) => text)).toEqual(numbered(1000).map((_, i) => String(i)));
    });

    it('sends what a burst of resolved promises sends in one write', async () => {
      const { until } = listen();
      const answers = Array.from({ length: 6 }, async () => {
        await Promise.resolve();
        sendTo(left, ...numbered(1));
        await Promise.resolve();
        sendTo(left, ...numbered(1));
      });

      await Promise.all(answers);
      await until(12);

      expect(pair.writes()).toBe(1);
    });

    it('carries a frame that is larger than any chunk, and the frames around it', async () => {
      const { frames, until } = listen();
      const body = JSON.stringify('é'.repeat(2_000_000));

      sendTo(left, ...numbered(1), { kind: Kind.result, inlineName: '__proto__', body }, ...numbered(1));
      await until(3);

      expect(frames[1]).toMatchObject({ inlineName: '__proto__', text: body });
      expect(frames[2]).toMatchObject({ kind: Kind.event, text: '0' });
    });

    it('forwards what another frame carries', async () => {
      const { frames, until } = listen();
      const bytes = Buffer.from('..."body"...');

      const header = headerOf({ kind: Kind.result, peer: 3, body: '' });
      left.forward(header, new ArrivedFrame(header, bytes, 3, 9));
      bytes.fill(0);
      await until(1);

      expect(frames).toMatchObject([{ peer: 3, text: '"body"' }]);
    });

    it('keeps what arrives before there is a listener', async () => {
      sendTo(left, ...numbered(3));
      for (let turns = 0; turns < 5; turns += 1) await turn();

      const { frames, until } = listen();
      await until(3);

      expect(frames.map(({ correlation }) => correlation)).toEqual([0, 1, 2]);
    });

    it('carries frames both ways at once', async () => {
      const { until } = listen();
      const back = recordingListener();
      left.listen(back);

      sendTo(left, ...numbered(100));
      sendTo(right, ...numbered(100));
      await until(100);
      await turnUntil(() => back.frames.length === 100, 'the arrival of the frames that came back');

      expect(back.frames.map(({ correlation }) => correlation)).toEqual(
        Array.from({ length: 100 }, (_, index) => index),
      );
    });

    it('returns one `flushed` promise to all callers of a tick', async () => {
      listen();

      sendTo(left, ...numbered(1));
      const first = left.flushed();
      sendTo(left, ...numbered(1));
      const second = left.flushed();

      expect(second).toBe(first);
      await first;
      expect(left.queuedBytes).toBe(0);
    });

    it('is flushed at once when nothing waits', async () => {
      await expect(left.flushed()).resolves.toBeUndefined();
    });

    it('is not flushed while a piece that left this tick is still in transit', async () => {
      const order: string[] = [];
      sendTo(left, { kind: Kind.result, body: 'x'.repeat(FLOOD_BYTES) });
      await turn();

      const flushed = left.flushed().then(() => order.push('flushed', String(left.queuedBytes)));
      await turn();
      order.push('listens');
      listen();
      await flushed;

      expect(order).toEqual(['listens', 'flushed', '0']);
    });

    it('is full while the other side does not read, and no longer once it does', async () => {
      const before = [left.full, left.queuedBytes];
      sendTo(left, { kind: Kind.result, body: 'x'.repeat(FLOOD_BYTES) });
      await turn();
      const meanwhile = [left.full, left.queuedBytes > limits.maxQueuedBytes];

      const { until } = listen();
      await until(1);
      await left.flushed();

      expect([before, meanwhile, [left.full, left.queuedBytes]]).toEqual([
        [false, 0],
        [true, true],
        [false, 0],
      ]);
    });

    it('counts what was sent in this tick as queued', () => {
      // The operating system takes some before it lets us wait.
      for (let sent = 0; sent < 100 && !left.full; sent++)
        sendTo(left, { kind: Kind.result, body: 'x'.repeat(limits.maxQueuedBytes + 1) });

      expect([left.full, left.queuedBytes > limits.maxQueuedBytes]).toEqual([true, true]);
    });

    it('delivers what was sent before it was closed, then ends once', async () => {
      const { frames, ends, ended } = listen();

      sendTo(left, ...numbered(3), { kind: Kind.result, body: 'x'.repeat(500_000) });
      left.close();
      left.close();
      await ended();
      for (let turns = 0; turns < 5; turns += 1) await turn();

      expect(frames).toHaveLength(4);
      expect(ends).toEqual([{ by: 'peer' }]);
    });

    it('reports the end to the side that closes at once, and once', async () => {
      listen();
      const own = recordingListener();
      left.listen(own);

      left.close();
      const atOnce = [...own.ends];
      for (let turns = 0; turns < 5; turns += 1) await turn();

      expect([atOnce, own.ends]).toEqual([[{ by: 'self' }], [{ by: 'self' }]]);
      expect(left.ended).toBe(true);
    });

    it('ends the other side, too', async () => {
      const { ended } = listen();

      left.close();
      await ended();

      expect(right.ended).toBe(true);
    });

    it('is flushed when it ends, though the other side never reads', async () => {
      sendTo(left, { kind: Kind.result, body: 'x'.repeat(FLOOD_BYTES) });
      await turn();
      const flushed = left.flushed();

      left.close();

      await expect(flushed).resolves.toBeUndefined();
      await expect(left.flushed()).resolves.toBeUndefined();
    });

    it('ignores what is sent after the end', async () => {
      const { frames, ended } = listen();
      left.close();
      await ended();

      sendTo(left, ...numbered(1));
      left.forward(headerOf({ kind: Kind.ack }), new ArrivedFrame());
      sendTo(right, ...numbered(1));
      for (let turns = 0; turns < 5; turns += 1) await turn();

      await expect(left.flushed()).resolves.toBeUndefined();
      expect([frames, left.queuedBytes]).toEqual([[], 0]);
    });

    it('ends with the reason when the bytes are not a frame, and delivers nothing behind them', async () => {
      const { frames, ends, ended } = listen();

      sendTo(left, ...numbered(2), nonsense, ...numbered(2));
      await ended();
      sendTo(left, ...numbered(2));
      for (let turns = 0; turns < 5; turns += 1) await turn();

      expect(frames).toHaveLength(2);
      expect(ends).toEqual([{ by: 'garbage', reason: 'unknown frame kind 200' }]);
    });

    it('ignores and counts a frame of a later version, and goes on', async () => {
      const { frames, ends, ignored, until } = listen();

      sendTo(left, ...numbered(2), later, ...numbered(2));
      await until(4);

      expect(frames).toHaveLength(4);
      expect(ignored()).toBe(1);
      expect(ends).toEqual([]);
    });

    it('ends the side that sent the garbage, too', async () => {
      listen();
      const own = recordingListener();
      left.listen(own);

      sendTo(left, nonsense);
      await turnUntil(() => own.ends.length > 0, 'the end of the side that sent nonsense');

      expect(own.ends).toEqual([{ by: 'peer' }]);
    });

    it('ends for a frame over the limit', async () => {
      const { ends, ended } = listen();

      sendTo(left, { kind: Kind.result, body: 'x'.repeat(limits.maxFrameBytes) });
      await ended();

      expect(ends).toMatchObject([{ by: 'garbage' }]);
    });

    it('delivers nothing more once this side is closed, not even the rest of the same chunk', async () => {
      const { frames, ends, until } = listen(() => right.close());

      sendTo(left, ...numbered(5));
      await until(1);
      for (let turns = 0; turns < 5; turns += 1) await turn();

      expect(frames).toHaveLength(1);
      expect(ends).toEqual([{ by: 'self' }]);
    });

    it('delivers the frames behind one whose listener throws, and reports the error as uncaught', async () => {
      const uncaught = keepUncaught();
      const bug = new Error('a bug of the user');
      let frames = 0;
      const { until } = listen(() => {
        frames += 1;
        if (frames === 2) throw bug;
      });

      sendTo(left, ...numbered(3));
      await until(3);
      sendTo(left, ...numbered(3));
      await until(6);
      await turnUntil(() => left.queuedBytes === 0, 'the end of what was queued');
      uncaught.stop();

      expect(uncaught.thrown).toEqual([bug]);
    });

    it('lets a listener answer from within a delivery', async () => {
      const back = recordingListener();
      left.listen(back);
      listen(() => sendTo(right, { kind: Kind.ack }));

      sendTo(left, ...numbered(3));
      await turnUntil(() => back.frames.length === 3, 'the arrival of three answers');

      expect(back.frames.map(({ kind }) => kind)).toEqual([Kind.ack, Kind.ack, Kind.ack]);
    });
  });
}
