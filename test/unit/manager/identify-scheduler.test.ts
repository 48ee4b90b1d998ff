import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IdentifyScheduler } from '../../../src/manager/identify/scheduler.js';

const WINDOW_MS = 5000;
/** Grants leave a little further apart than Discord asks for. */
const APART_MS = WINDOW_MS * 1.05;

let grants: string[];
let scheduler: IdentifyScheduler<number>;
/** Whether shards identify as soon as they are granted; busy processes do not. */
let identifyAtOnce: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  grants = [];
  identifyAtOnce = true;
  scheduler = new IdentifyScheduler(WINDOW_MS, (clusterId, request) => {
    grants.push(`${clusterId}:${request.shardId}`);
    if (identifyAtOnce) scheduler.onIdentified(clusterId, request);
  });
});
afterEach(() => {
  scheduler.close();
  vi.useRealTimers();
});

function ask(clusterId: number, shardId: number, maxConcurrency = 1): void {
  scheduler.request(clusterId, { shardId, maxConcurrency });
}

describe('IdentifyScheduler', () => {
  it('grants the first at once, and then one per window, in the order in which they asked', () => {
    ask(0, 0);
    ask(1, 1);
    ask(0, 2);
    const atOnce = [...grants];
    vi.advanceTimersByTime(WINDOW_MS);
    const afterWindow = [...grants];
    vi.advanceTimersByTime(APART_MS - WINDOW_MS);
    const afterMargin = [...grants];
    vi.advanceTimersByTime(APART_MS);

    expect([atOnce, afterWindow, afterMargin, grants]).toEqual([
      ['0:0'],
      ['0:0'],
      ['0:0', '1:1'],
      ['0:0', '1:1', '0:2'],
    ]);
  });

  it('keeps the buckets apart', () => {
    for (const shardId of [0, 1, 2, 3, 16, 17]) ask(0, shardId, 16);

    const atOnce = [...grants];
    vi.advanceTimersByTime(APART_MS);

    expect(atOnce).toEqual(['0:0', '0:1', '0:2', '0:3']);
    expect(grants.slice(4)).toEqual(['0:16', '0:17']);
  });

  it('keeps a bucket closed for its window though nobody waits', () => {
    ask(0, 0);
    vi.advanceTimersByTime(APART_MS - 1);
    ask(0, 1);
    const tooEarly = [...grants];
    vi.advanceTimersByTime(1);

    expect([tooEarly, grants]).toEqual([['0:0'], ['0:0', '0:1']]);
  });

  it('grants at once again when the window has passed', () => {
    ask(0, 0);
    vi.advanceTimersByTime(APART_MS);

    ask(0, 1);

    expect(grants).toEqual(['0:0', '0:1']);
    vi.advanceTimersByTime(APART_MS);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('passes over a shard that does not want to any more: the next takes its turn', () => {
    ask(0, 0);
    ask(0, 1);
    ask(1, 2);

    scheduler.cancel(0, { shardId: 1, maxConcurrency: 1 });
    vi.advanceTimersByTime(APART_MS);

    expect(grants).toEqual(['0:0', '1:2']);
  });

  it('cancels for the cluster that asked only', () => {
    ask(0, 0);
    ask(0, 1);

    scheduler.cancel(1, { shardId: 1, maxConcurrency: 1 });
    vi.advanceTimersByTime(APART_MS);

    expect(grants).toEqual(['0:0', '0:1']);
  });

  it('forgets a cluster that is gone, in all buckets', () => {
    for (const shardId of [0, 1, 2, 3]) ask(shardId % 2, shardId, 2);
    ask(0, 4, 2);

    scheduler.dropCluster(1);
    vi.advanceTimersByTime(APART_MS * 4);

    expect(grants).toEqual(['0:0', '1:1', '0:2', '0:4']);
  });

  it('says who waits for a turn', () => {
    ask(0, 0);
    ask(1, 1);
    const before = [scheduler.isWaiting(0), scheduler.isWaiting(1)];
    vi.advanceTimersByTime(APART_MS);

    expect([before, [scheduler.isWaiting(0), scheduler.isWaiting(1)]]).toEqual([
      [false, true],
      [false, false],
    ]);
  });

  it('grants nothing more once it is closed, and leaves no timer', () => {
    ask(0, 0);
    ask(0, 1);

    scheduler.close();
    vi.advanceTimersByTime(APART_MS * 2);

    expect([grants, vi.getTimerCount()]).toEqual([['0:0'], 0]);
  });

  it('takes a cluster that knows of no concurrency for one of one', () => {
    ask(0, 0, 0);
    ask(0, 1, 0);

    expect(grants).toEqual(['0:0']);
  });

  it('counts the window from the identify, which a busy process sends late', () => {
    identifyAtOnce = false;
    ask(0, 0);
    ask(1, 1);
    vi.advanceTimersByTime(APART_MS - 1);

    scheduler.onIdentified(0, { shardId: 0, maxConcurrency: 1 });
    vi.advanceTimersByTime(APART_MS - 1);
    const before = [...grants];
    vi.advanceTimersByTime(1);

    expect([before, grants]).toEqual([['0:0'], ['0:0', '1:1']]);
  });

  it('waits two windows for a shard that does not identify, and no longer', () => {
    identifyAtOnce = false;
    ask(0, 0);
    ask(1, 1);
    vi.advanceTimersByTime(2 * APART_MS - 1);
    const before = [...grants];
    vi.advanceTimersByTime(1);

    expect([before, grants]).toEqual([['0:0'], ['0:0', '1:1']]);
  });

  it('opens the bucket of a shard that died with its grant one window later: it may have identified', () => {
    identifyAtOnce = false;
    ask(0, 0);
    ask(1, 1);

    scheduler.dropCluster(0);
    vi.advanceTimersByTime(APART_MS);

    expect(grants).toEqual(['0:0', '1:1']);
  });

  it('believes nobody but the shard that was granted', () => {
    identifyAtOnce = false;
    ask(0, 0);
    ask(1, 1);

    scheduler.onIdentified(1, { shardId: 0, maxConcurrency: 1 });
    scheduler.onIdentified(0, { shardId: 1, maxConcurrency: 1 });
    vi.advanceTimersByTime(APART_MS);

    expect(grants).toEqual(['0:0']);
  });

  it('holds a cluster back until it is released, and the others are not delayed by it', () => {
    scheduler.hold(0);
    ask(0, 0);
    ask(1, 1);
    const held = [...grants];

    scheduler.release(0);
    vi.advanceTimersByTime(APART_MS);

    expect([held, grants, scheduler.isWaiting(0)]).toEqual([['1:1'], ['1:1', '0:0'], false]);
  });

  it('forgets what a held cluster has asked for and does not want any more', () => {
    scheduler.hold(0);
    ask(0, 0);
    const waits = scheduler.isWaiting(0);

    scheduler.cancel(0, { shardId: 0, maxConcurrency: 1 });
    scheduler.release(0);

    expect([waits, scheduler.isWaiting(0), grants]).toEqual([true, false, []]);
  });
});
